//! Counts requests per category and window, and writes the structured `x-ratelimit-*` headers.

use crate::response::Response;
use crate::vault::Environment;
use crate::words::RateLimit;
use std::collections::HashMap;

/// What the headers say where nothing is enforced.
const PUBLISHED: RateLimit = RateLimit {
    limit: 1000,
    window: 60,
};

#[derive(Default)]
pub(crate) struct Limiter {
    windows: HashMap<(&'static str, &'static str), (u64, u64)>,
}

pub(crate) struct Usage {
    pub(crate) exceeded: bool,
    rate: RateLimit,
    remaining: u64,
    reset: u64,
}

impl Limiter {
    pub(crate) fn count(
        &mut self,
        category: &'static str,
        environment: Environment,
        now: u64,
        enforced: Option<RateLimit>,
    ) -> Usage {
        let rate = enforced.unwrap_or(PUBLISHED);
        let (start, used) = self
            .windows
            .entry((category, environment.name()))
            .or_insert((now, 0));
        if now.saturating_sub(*start) >= rate.window {
            (*start, *used) = (now, 0);
        }
        *used += 1;
        Usage {
            exceeded: enforced.is_some() && *used > rate.limit,
            rate,
            remaining: rate.limit.saturating_sub(*used),
            reset: rate.window.saturating_sub(now.saturating_sub(*start)),
        }
    }
}

impl Usage {
    pub(crate) fn announce(&self, response: Response, category: &str) -> Response {
        let RateLimit { limit, window } = self.rate;
        let policy = format!(
            "{limit}, 100;w=1;name=\"safety_net_app_id_user_id\", {limit};w={window};name=\"{category}_app_id_user_id\""
        );
        response
            .with("x-ratelimit-limit", &policy)
            .with("x-ratelimit-remaining", &self.remaining.to_string())
            .with("x-ratelimit-reset", &self.reset.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_full_until_it_is_over() {
        let mut limiter = Limiter::default();
        let rate = Some(RateLimit {
            limit: 1,
            window: 60,
        });
        let mut exceeded = |category, now| {
            limiter
                .count(category, Environment::Production, now, rate)
                .exceeded
        };
        assert!(!exceeded("org_read", 100));
        assert!(exceeded("org_read", 159));
        assert!(!exceeded("org_write", 159));
        assert!(!exceeded("org_read", 160));
    }

    #[test]
    fn nothing_is_refused_where_no_limit_is_set() {
        let mut limiter = Limiter::default();
        for _ in 0..2000 {
            assert!(
                !limiter
                    .count("org_read", Environment::Sandbox, 5, None)
                    .exceeded
            );
        }
    }
}
