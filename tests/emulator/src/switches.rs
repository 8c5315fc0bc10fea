//! Behaviour of Pinterest that is uncertain or that a test wants different: one named switch each.
//! What a switch does is decided where the behaviour lives, not here.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What becomes of the old refresh token when a new one is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rotation {
    /// It stays valid until it would have expired anyway.
    #[default]
    Grace,
    /// It is dead at once.
    Strict,
}

/// What a refresh answers as `scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeOnRefresh {
    /// All scopes that were ever approved.
    #[default]
    Union,
    /// Nothing: the field is absent.
    Omit,
}

/// How an error is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Envelope {
    /// `code` and `message` alone.
    #[default]
    Bare,
    /// With an additional `"status": "failure"`.
    StatusFailure,
}

/// What happens to a scope that Pinterest does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownScope {
    /// It is not granted; the rest is.
    #[default]
    Drop,
    /// The request is refused with 400 and code 1.
    Reject,
}

/// How many requests are served in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// Requests in one window.
    pub limit: u64,
    /// Length of the window in seconds.
    pub window: u64,
}

/// Makes the struct, its default and the list for help texts from one table.
macro_rules! switches {
    ($($name:ident: $kind:ty = $default:expr, $meaning:literal;)*) => {
        /// All switches.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Switches {
            $(#[doc = $meaning] pub $name: $kind,)*
        }

        impl Default for Switches {
            fn default() -> Self {
                Self { $($name: $default,)* }
            }
        }

        /// Name and meaning of every switch, for help texts.
        pub const SWITCHES: &[(&str, &str)] = &[$((stringify!($name), $meaning)),*];
    };
}

switches! {
    rotation: Rotation = Rotation::Grace,
        r#""grace": the old refresh token lives on to its own expiry; "strict": it dies when a new one is given"#;
    legacy_app: bool = false,
        "an app from before 2025-09-25: 365 days, and no new refresh token unless continuous_refresh or refresh_on asks";
    body_credentials: bool = false,
        "also accept client_id and client_secret in the form, without a Basic header";
    same_second_same_token: bool = true,
        "two refreshes within one second return the same access token";
    rate_limit: Option<RateLimit> = None,
        r#"null, or {"limit": 2, "window": 60}: more requests than that in so many seconds are answered with 429 and code 8"#;
    rate_limit_headers: bool = true,
        "send x-ratelimit-limit, -remaining and -reset";
    deny: bool = false,
        "the person refuses: the redirect carries error=access_denied";
    auto_consent: bool = false,
        "GET /oauth/ redirects at once, nobody has to click";
    scope_on_refresh: ScopeOnRefresh = ScopeOnRefresh::Union,
        r#""union": a refresh names all scopes ever approved; "omit": no scope in its answer"#;
    unknown_scope: UnknownScope = UnknownScope::Drop,
        r#""drop": scopes that Pinterest does not have are not granted; "reject": 400 with code 1"#;
    client_scope_required: bool = false,
        "client_credentials needs scope (as in description 5.23; 5.28 made it optional)";
    success_status: u16 = 200,
        "HTTP status of a token answer, 200 or 201";
    code_lifetime: u64 = 600,
        "seconds until an authorization code expires";
    code_reuse: bool = false,
        "an authorization code can be used more than once";
    system_user: bool = true,
        "the app may revoke tokens; otherwise 403 with code 29";
    conversion_token: bool = true,
        "the app may get conversion tokens; otherwise 403 with code 29";
    refresh_expires_at: bool = true,
        "answers carry refresh_token_expires_at";
    envelope: Envelope = Envelope::Bare,
        r#""bare": errors are code and message; "status_failure": with "status": "failure" as well"#;
    sandbox_isolated: bool = true,
        "a token of the sandbox is worth nothing in production and the reverse: 401 with code 2";
    proxy_auth: Option<String> = None,
        r#"null, or "user:password" that the proxy wants, else 407"#;
    proxy_refuses: Option<u16> = None,
        "null, or the status with which the proxy turns everything down";
}

impl Switches {
    /// These switches with the ones that `patch`, a JSON object, names set anew.
    ///
    /// # Errors
    /// A sentence that names what is wrong: no object, no such switch, no such value.
    pub fn patched(&self, patch: &Value) -> Result<Self, String> {
        let patch = patch
            .as_object()
            .ok_or("switches are given as a JSON object")?;
        let mut all = serde_json::to_value(self).map_err(|error| error.to_string())?;
        for (name, value) in patch {
            let slot = all
                .get_mut(name)
                .ok_or_else(|| format!("there is no switch {name:?}"))?;
            *slot = value.clone();
            serde_json::from_value::<Self>(all.clone())
                .map_err(|error| format!("switch {name:?}: {error}"))?;
        }
        let new: Self = serde_json::from_value(all).map_err(|error| error.to_string())?;
        if !(200..300).contains(&new.success_status) {
            return Err("switch \"success_status\": not a success".into());
        }
        if new.rate_limit.is_some_and(|rate| rate.window == 0) {
            return Err("switch \"rate_limit\": the window has no length".into());
        }
        Ok(new)
    }

    /// These switches with one set from the text `name=value`, as on a command line.
    /// The value is JSON, or else a plain word: `rotation=strict`, `legacy_app=true`.
    ///
    /// # Errors
    /// As [`Switches::patched`].
    pub fn with(&self, assignment: &str) -> Result<Self, String> {
        let (name, value) = assignment
            .split_once('=')
            .ok_or("write a switch as name=value")?;
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.into()));
        self.patched(&serde_json::json!({ name: value }))
    }

    /// Every switch with its default and its meaning, a line or two each, for `--help`.
    #[must_use]
    pub fn help() -> String {
        let defaults = serde_json::to_value(Self::default()).unwrap_or_default();
        let mut text = String::new();
        for (name, meaning) in SWITCHES {
            let default = match defaults.get(name) {
                Some(Value::String(word)) => word.clone(),
                Some(other) => other.to_string(),
                None => String::new(),
            };
            text.push_str(&format!("  {name}={default}\n      {meaning}\n"));
        }
        text
    }
}

#[cfg(test)]
#[path = "switches_tests.rs"]
mod tests;
