//! Pinterest's `x-ratelimit-*` headers, which are structured and not plain integers (observed).

use serde::Serialize;

use crate::text::json::LARGEST_INTEGER;

/// What the `x-ratelimit-*` headers of an answer say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RateLimit {
    /// The limit in force, requests per window.
    pub limit: Option<u64>,
    /// Requests left in the current window.
    pub remaining: Option<u64>,
    /// Seconds until the window starts anew.
    pub reset: Option<u64>,
    /// Every policy the server named.
    pub policies: Vec<RateLimitPolicy>,
}

/// One policy, for example `1000;w=60;name="org_read_app_id_user_id"`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RateLimitPolicy {
    /// Requests per window.
    pub limit: u64,
    /// The window in seconds.
    pub window: Option<u64>,
    /// Pinterest's name for the policy.
    pub name: Option<String>,
}

/// A number above this is a Unix time, not a number of seconds to wait.
const EPOCH_THRESHOLD: u64 = 1_000_000_000;

impl RateLimit {
    /// Reads the three headers; `None` where none of them is there. `now` is in Unix seconds.
    pub(crate) fn parse(
        limit: Option<&str>,
        remaining: Option<&str>,
        reset: Option<&str>,
        now: u64,
    ) -> Option<Self> {
        if limit.is_none() && remaining.is_none() && reset.is_none() {
            return None;
        }
        let mut parsed = RateLimit {
            remaining: remaining.and_then(number),
            ..RateLimit::default()
        };
        parsed.reset = reset
            .and_then(number)
            .map(|value| seconds_to_wait(value, now));
        for item in limit.unwrap_or_default().split(',') {
            let Some(value) = number(item) else { continue };
            if item.contains(';') {
                parsed.policies.push(policy(value, item));
            } else {
                parsed.limit.get_or_insert(value);
            }
        }
        if parsed.limit.is_none() {
            parsed.limit = parsed.policies.iter().map(|policy| policy.limit).min();
        }
        Some(parsed)
    }
}

/// Seconds to wait, where the header may also hold the Unix time at which to try again.
pub(crate) fn seconds_to_wait(value: u64, now: u64) -> u64 {
    if value > EPOCH_THRESHOLD {
        value.saturating_sub(now)
    } else {
        value
    }
}

/// The leading integer of `text`; anything after `;`, `,` or `.` is not part of it.
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.split([';', ',', '.']).next()?.trim().parse().ok()?;
    Some(number.min(LARGEST_INTEGER))
}

fn policy(limit: u64, item: &str) -> RateLimitPolicy {
    let mut policy = RateLimitPolicy {
        limit,
        ..RateLimitPolicy::default()
    };
    for parameter in item.split(';').skip(1) {
        match parameter.trim().split_once('=') {
            Some(("w", window)) => policy.window = number(window),
            Some(("name", name)) => {
                policy.name = Some(name.trim_matches('"').chars().take(80).collect())
            }
            _ => {}
        }
    }
    policy
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_structured_header_that_pinterest_sends_is_read() {
        let header = r#"100, 100;w=1;name="safety_net_app_id_user_id", 1000;w=60;name="org_read_app_id_user_id""#;
        let parsed = RateLimit::parse(Some(header), Some("99"), Some("1"), 0).unwrap();
        assert_eq!(
            (parsed.limit, parsed.remaining, parsed.reset),
            (Some(100), Some(99), Some(1))
        );
        assert_eq!(parsed.policies.len(), 2);
        assert_eq!(parsed.policies[1].window, Some(60));
        assert_eq!(
            parsed.policies[1].name.as_deref(),
            Some("org_read_app_id_user_id")
        );
    }

    #[test]
    fn a_reset_that_is_a_unix_time_becomes_seconds() {
        let parsed = RateLimit::parse(None, None, Some("1800000060"), 1_800_000_000).unwrap();
        assert_eq!(parsed.reset, Some(60));
    }

    #[test]
    fn garbage_is_no_crash_and_no_number() {
        let parsed = RateLimit::parse(Some("many;w=x, ;;=,"), Some("-1"), Some("soon"), 0).unwrap();
        assert_eq!(parsed, RateLimit::default());
    }
}
