//! Behaviour of Pinterest that is uncertain or that a test wants different: one named switch each.
//! What a switch does is decided where the behaviour lives, not here.

use crate::words::{Choices, Denial, Envelope, RateLimit, Rotation, ScopeOnRefresh, UnknownScope};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The account of the person at the consent page, unless a switch or a control names another.
pub(crate) const USER: &str = "emulated_account";

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

        /// Name of every switch and the values it can have, as JSON; none where there are too many to list.
        pub(crate) const CHOICES: &[(&str, &[&str])] =
            &[$((stringify!($name), <$kind as Choices>::CHOICES)),*];
    };
}

switches! {
    rotation: Rotation = Rotation::Grace,
        r#""grace": the old refresh token lives on to its own expiry; "strict": it dies when a new one is given; "family": it dies, and if it comes again every refresh token of its login does; "lastwins": the last pair, old and new, lives"#;
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
        "the person refuses, whatever is clicked: the redirect carries error=access_denied";
    denial: Denial = Denial::WithState,
        r#"where a person who refuses ends up: "with_state", "without_state": at the redirect address; "page": at an error page, nothing comes back"#;
    user: String = USER.into(),
        "the account of the person at the consent page; each has its own scopes and tokens";
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
    code_replay_revokes: bool = false,
        "a code that comes a second time revokes every token of its login (RFC 6749, section 4.1.2)";
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
    hosts: Vec<String> = Vec::new(),
        "further names that Host may have, with any port, at the API and the consent page, for example [\"api.pinterest.com\"]";
    proxy_auth: Option<String> = None,
        r#"null, or "user:password" that the proxy wants, else 407"#;
    proxy_refuses: Option<u16> = None,
        "null, or the status with which the proxy turns everything down";
}

pub(crate) const ACCOUNT_RULE: &str = "an account is 1 to 30 letters, digits and underscores";

/// Whether an account can have this name.
pub(crate) fn is_account(name: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (1..=30).contains(&name.len()) && name.bytes().all(good)
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
        if !is_account(&new.user) {
            return Err(format!("switch \"user\": {ACCOUNT_RULE}"));
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
