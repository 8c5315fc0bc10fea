//! What a person is told during a login.

use std::time::Duration;

use super::event::LoginEventKind;
use crate::call::User;
use crate::error::{Error, Kind, Outcome};
use crate::login::LoginEnd;
use crate::login::loopback::{Interface, Loopback};
use crate::login::plan::{End, Notice};
use crate::secret::Secret;
use crate::tokens::plan::remembered::left;
use crate::tokens::record::Owner;

const ELSEWHERE: &str = "(The way for other machines is shown on a terminal alone.)";

/// What a login begins with.
pub(super) fn begun(
    start_url: &str,
    opened: bool,
    why_not_opened: Option<&str>,
    hints: &[String],
) -> String {
    let mut lines = hints.to_vec();
    if opened {
        lines.push(format!(
            "Opening your browser: {start_url} (open it yourself if nothing happens)."
        ));
    } else {
        lines.extend(why_not_opened.map(|why| format!("No browser is opened here: {why}.")));
        lines.push(format!(
            "Open {start_url} in a browser on this machine. {ELSEWHERE}"
        ));
    }
    lines.push(String::from("Waiting, Ctrl-C stops."));
    lines.join("\n")
}

/// The way for other machines.
pub(super) fn instructions(start_url: &str, authorize_url: &Secret) -> Secret {
    Secret::from(format!(
        "Open this address in a browser anywhere:\n\n  {}\n\n\
         Allow the app. The page that follows does not load there; that is expected. Copy its address and paste it here, \
         only here (what you paste may not be shown), then press Enter.\n\
         Or, where this machine's port is reached (ssh -L), open {start_url}",
        authorize_url.expose()
    ))
}

pub(super) fn not_opened() -> String {
    format!("No browser has come to the start page yet: open the address yourself. {ELSEWHERE}")
}

pub(super) fn nobody_came(waited: Duration) -> String {
    format!(
        "nobody came back within {} seconds; nothing was sent",
        waited.as_secs_f64()
    )
}

/// Pinterest shows an error page for an address that is not registered, and sends nobody back (observed).
pub(super) fn still_waiting(place: &Loopback, app_id: &str) -> String {
    let slash = if place.redirect_uri.ends_with('/') {
        " (with the last slash)"
    } else {
        " (without a slash at its end)"
    };
    format!(
        "Still waiting. If Pinterest shows an error, register exactly {}{slash} for app {app_id}.",
        place.redirect_uri
    )
}

pub(super) fn notice(notice: Notice, place: &Loopback) -> (LoginEventKind, String) {
    let port = place.port;
    match notice {
        Notice::Opened => (
            LoginEventKind::Opened,
            String::from("The browser is at Pinterest: allow the app there."),
        ),
        Notice::Forwarded => (
            LoginEventKind::Forwarded,
            format!(
                "The browser reaches this login under another port than {port}, so the redirect would not arrive: forward port {port} under its own number, or paste the address."
            ),
        ),
        Notice::Https => (LoginEventKind::Https, https(place)),
        Notice::Foreign | Notice::DeniedByNobody => (
            LoginEventKind::Foreign,
            String::from(
                "A redirect came that is not of this login, or not of the browser that began it: it was refused, the login waits on.",
            ),
        ),
        Notice::ForeignUser => (
            LoginEventKind::ForeignUser,
            String::from(
                "A program of another user of this machine came: it was refused, the login waits on.",
            ),
        ),
        Notice::TooMuch => (
            LoginEventKind::TooManyCookies,
            String::from(
                "The browser sends more cookies than a login reads: open the address in a private window.",
            ),
        ),
    }
}

fn https(place: &Loopback) -> String {
    let remedy = match place.interface {
        Interface::Both => format!(
            "remove localhost from its list of hosts that want https (HSTS), use a private window, or register http://127.0.0.1:{}/ and log in with that",
            place.port
        ),
        Interface::V4(_) | Interface::V6 => String::from(
            "switch off its mode that allows https alone for this address, or use a private window",
        ),
    };
    format!("The browser insists on https, and this address is http: {remedy}.")
}

/// Before one person's token replaces another's.
pub(super) fn replace(user: &User, before: &User, owner: &Owner) -> String {
    let account = owner.account().unwrap_or_default();
    format!(
        "This browser is logged in as {}, account {account} was {}. Replace?",
        name(user),
        name(before)
    )
}

fn name(user: &User) -> String {
    match &user.username {
        Some(name) => format!("@{name}"),
        None => format!("user {}", user.id),
    }
}

/// Who is logged in, what the account may do, and until when.
pub(super) fn done(end: &LoginEnd, now: i64) -> String {
    let account = end.account.as_deref().unwrap_or_default();
    let who = match &end.user {
        Some(user) => format!("Logged in as {} (account {account})", name(user)),
        None => format!("Logged in (account {account})"),
    };
    let scopes = if end.scopes.is_empty() {
        String::from("no scopes")
    } else {
        end.scopes.join(", ")
    };
    let until = match (end.refresh_token_expires_at, end.expires_at) {
        (Some(at), _) => format!("Renews itself; must be used within {}.", left(at, now)),
        (None, Some(at)) => format!("Ends in {}.", left(at, now)),
        (None, None) => String::from("Its end is not known."),
    };
    format!("{who}: {scopes}. {until}")
}

pub(super) const NOT_REPLACED: &str =
    "the token of another person was dropped, and the account keeps the one that it had";

/// How a login without a code ended.
pub(super) fn refused(end: End, says: Option<&str>) -> Error {
    match (end, says) {
        (End::TwoBrowsers, _) => {
            let message =
                "a second browser came to the start page, which is for one alone; nothing was sent";
            Error::new(Kind::StateMismatch, Outcome::NotSent, message)
        }
        (End::Denied, _) => Error::new(
            Kind::AccessDenied,
            Outcome::Rejected,
            "the user did not allow it",
        ),
        (_, says) => {
            let says = says.unwrap_or("something else than a code");
            Error::new(
                Kind::AccessDenied,
                Outcome::Rejected,
                format!("the redirect says {says}"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{begun, left};

    #[test]
    fn a_browser_that_is_opened_or_not_is_told() {
        let opened = begun("http://localhost:8085/s", true, None, &[]);
        assert_eq!(
            opened,
            "Opening your browser: http://localhost:8085/s (open it yourself if nothing happens).\n\
             Waiting, Ctrl-C stops."
        );
        let why = begun("http://localhost:8085/s", false, Some("this is root"), &[]);
        assert!(why.starts_with("No browser is opened here: this is root.\nOpen http"));
    }

    #[test]
    fn sixty_days_are_sixty_days_when_the_login_took_some_seconds() {
        let day = 86_400;
        assert_eq!(left(60 * day, 2), "60 days");
        assert_eq!(left(60 * day, 0), "60 days");
        assert_eq!(left(60 * day, day), "59 days");
    }
}
