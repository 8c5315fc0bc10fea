//! Makes what must be unguessable: codes, tokens, request ids.
//! Who may use them and until when is the vault's business.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};
use std::io;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A keyed generator: the key comes from the operating system once, the rest cannot fail.
#[derive(Clone)]
pub(crate) struct Mint {
    key: hmac::Key,
    counter: u64,
}

impl Mint {
    pub(crate) fn new() -> io::Result<Self> {
        let mut seed = [0_u8; 32];
        SystemRandom::new()
            .fill(&mut seed)
            .map_err(|_| io::Error::other("the operating system gave no randomness"))?;
        Ok(Self {
            key: hmac::Key::new(hmac::HMAC_SHA256, &seed),
            counter: 0,
        })
    }

    /// `length` bytes that depend on `label` alone, within this mint.
    fn derived(&self, label: &str, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 32);
        let mut block = 0_u32;
        while bytes.len() < length {
            bytes.extend_from_slice(
                hmac::sign(&self.key, format!("{block} {label}").as_bytes()).as_ref(),
            );
            block += 1;
        }
        bytes.truncate(length);
        bytes
    }

    fn fresh(&mut self, length: usize) -> Vec<u8> {
        self.counter += 1;
        self.derived(&format!("fresh {}", self.counter), length)
    }

    pub(crate) fn hex(&mut self, characters: usize) -> String {
        let mut text: String = self
            .fresh(characters.div_ceil(2))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        text.truncate(characters);
        text
    }

    /// A request id as Pinterest writes it: sixteen decimal digits.
    pub(crate) fn request_id(&mut self) -> String {
        let number = self
            .fresh(8)
            .iter()
            .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        (1_000_000_000_000_000 + number % 9_000_000_000_000_000).to_string()
    }

    /// `pina_…` or `pinc_…`: the same for the same label.
    pub(crate) fn repeatable(&self, prefix: &str, label: &str) -> String {
        format!("{prefix}_{}", base32(&self.derived(label, 60)))
    }

    pub(crate) fn opaque(&mut self, prefix: &str) -> String {
        let bytes = self.fresh(60);
        format!("{prefix}_{}", base32(&bytes))
    }

    /// `pinr.` and three parts that look like a JWT signed with RS256; the signature is noise.
    pub(crate) fn refresh(&mut self, environment: &str, issued_at: u64, expires_at: u64) -> String {
        let id = self.hex(32);
        let payload = format!(
            r#"{{"iss":"pinterest-oauth-emulator","env":"{environment}","iat":{issued_at},"exp":{expires_at},"jti":"{id}"}}"#
        );
        format!(
            "pinr.{}.{}.{}",
            URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","typ":"JWT"}"#),
            URL_SAFE_NO_PAD.encode(payload),
            URL_SAFE_NO_PAD.encode(self.fresh(256))
        )
    }
}

/// The start of the SHA-256 of a secret: enough to compare two, useless for anything else.
#[must_use]
pub fn fingerprint(secret: &str) -> String {
    let hash = digest::digest(&digest::SHA256, secret.as_bytes());
    let hex: String = hash
        .as_ref()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("sha256:{hex}…")
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let bits = group
            .iter()
            .fold(0_u64, |sum, byte| (sum << 8) | u64::from(*byte));
        for place in (0..group.len() * 8 / 5).rev() {
            let index = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            text.push(BASE32.get(index).copied().map_or('A', char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_token_is_101_characters_of_upper_case_base32_after_its_prefix() {
        let token = Mint::new().unwrap().opaque("pina");
        assert_eq!(token.len(), 101);
        let rest = token.strip_prefix("pina_").unwrap();
        assert!(rest.bytes().all(|byte| BASE32.contains(&byte)));
    }

    #[test]
    fn base32_agrees_with_rfc_4648() {
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
    }

    #[test]
    fn nothing_fresh_comes_twice_and_what_is_repeatable_does() {
        let mut mint = Mint::new().unwrap();
        assert_ne!(mint.hex(40), mint.hex(40));
        assert_eq!(mint.repeatable("pina", "a"), mint.repeatable("pina", "a"));
        assert_ne!(mint.repeatable("pina", "a"), mint.repeatable("pina", "b"));
        assert_ne!(
            Mint::new().unwrap().repeatable("pina", "a"),
            mint.repeatable("pina", "a")
        );
    }

    #[test]
    fn a_request_id_has_sixteen_digits() {
        let mut mint = Mint::new().unwrap();
        for _ in 0..100 {
            let id = mint.request_id();
            assert_eq!(id.len(), 16);
            assert!(id.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }

    #[test]
    fn a_fingerprint_shows_nothing_of_the_secret() {
        assert_eq!(fingerprint("abc"), "sha256:ba7816bf8f01…");
    }
}
