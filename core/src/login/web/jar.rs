//! The cookies of logins as a browser sends and takes them. What their values hold belongs to `cookie`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

/// For https; browsers take it from the host itself alone, with `Secure` and for all paths.
const SECURE: &str = "__Host-pinterest-oauth-";
/// For http on this machine, where some browsers do not store the other one.
const PLAIN: &str = "pinterest-oauth-";
/// What is behind it: so many characters of the state's hash.
const TAIL: usize = 16;

/// The name of the cookie of a login.
pub(super) fn name(secure: bool, state: &str) -> String {
    let hash = digest(&SHA256, state.as_bytes());
    let mut tail = URL_SAFE_NO_PAD.encode(hash);
    tail.truncate(TAIL);
    format!("{}{tail}", if secure { SECURE } else { PLAIN })
}

/// Whether a cookie of that name is of a login with such an address.
pub(super) fn is_login(name: &str, secure: bool) -> bool {
    let tail = name.strip_prefix(if secure { SECURE } else { PLAIN });
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    tail.is_some_and(|tail| tail.len() == TAIL && tail.bytes().all(letter))
}

/// The cookies of a request, in its order. Some servers put a comma between two headers; no cookie of a login has one.
pub(super) fn all(header: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = header.split([';', ',']);
    pairs.filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim(), value.trim()))
    })
}

/// Sets a cookie for ten minutes.
pub(super) fn set(name: &str, value: &str, seconds: i64) -> String {
    // A deleting cookie without these is ignored, where the name begins with __Host-.
    let secure = if name.starts_with(SECURE) {
        "; Secure"
    } else {
        ""
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// Deletes a cookie.
pub(super) fn delete(name: &str) -> String {
    set(name, "", 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_which_login_it_is_and_nothing_of_the_state() {
        assert_eq!(name(false, "a state"), "pinterest-oauth-GxxxDSqAkvQQiNU_");
        let secure = name(true, "a state");
        assert!(is_login(&secure, true) && !is_login(&secure, false));
        assert!(!is_login("pinterest-oauth-login", false));
        assert!(!is_login("pinterest-oauth-0123456789abc\r\n=", false));
    }

    #[test]
    fn a_deleting_cookie_repeats_all_attributes() {
        let name = name(true, "a state");
        assert_eq!(
            delete(&name),
            format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure")
        );
        assert!(!delete("pinterest-oauth-x").contains("Secure"));
    }

    #[test]
    fn cookies_are_found_whatever_stands_between_them() {
        let found: Vec<_> = all("a=1; b=2;c = 3 , d=4=5;; e").collect();
        assert_eq!(found, [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4=5")]);
    }
}
