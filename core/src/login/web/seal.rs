//! Text that only this app can write and read again: the value of a login's cookie.
//!
//! A value is base64url of a version (1 byte), a salt (16 bytes) and ChaCha20-Poly1305 of the text. Key and nonce are
//! derived from the app's secret and the salt (HKDF-SHA-256), so that no nonce is ever chosen; app and environment are
//! in the derivation, the version and the cookie's name are authenticated with the text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;

const VERSION: u8 = 1;
const LABEL: &str = "pinterest-oauth login cookie 1";
const SALT: usize = 16;
const KEY: usize = 32;
const NONCE: usize = 12;
const TAG: usize = 16;

/// What a value is sealed with and for.
pub(super) struct Seal<'a> {
    pub secret: &'a Secret,
    pub app_id: &'a str,
    pub environment: &'a str,
    /// The name of the cookie.
    pub name: &'a str,
}

impl Seal<'_> {
    /// `text`, sealed.
    ///
    /// # Errors
    /// `internal` where the operating system gives no randomness.
    pub(super) fn close(&self, text: &str) -> Result<String, Error> {
        let mut salt = [0_u8; SALT];
        SystemRandom::new()
            .fill(&mut salt)
            .map_err(|_| Error::internal("the operating system gave no randomness"))?;
        let sealed = self.seal(text, &salt);
        sealed.ok_or_else(|| Error::internal("the cookie of a login could not be sealed"))
    }

    fn seal(&self, text: &str, salt: &[u8]) -> Option<String> {
        let (key, nonce) = self.key(salt)?;
        // As large as it becomes: what grows leaves copies behind that nobody wipes.
        let mut body = Zeroizing::new(Vec::with_capacity(text.len().saturating_add(TAG)));
        body.extend_from_slice(text.as_bytes());
        let aad = Aad::from(self.associated());
        key.seal_in_place_append_tag(nonce, aad, &mut *body).ok()?;
        let sealed = [&[VERSION], salt, &body].concat();
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The text of `value`; `None` where it was not sealed with this, for this.
    pub(super) fn open(&self, value: &str) -> Option<Secret> {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (version, rest) = sealed.split_first()?;
        let (salt, body) = rest.split_first_chunk::<SALT>()?;
        if *version != VERSION {
            return None;
        }
        let (key, nonce) = self.key(salt)?;
        let mut body = Zeroizing::new(body.to_vec());
        let text = key.open_in_place(nonce, Aad::from(self.associated()), &mut body);
        let text = std::str::from_utf8(text.ok()?).ok()?;
        Some(Secret::from(text))
    }

    fn associated(&self) -> Vec<u8> {
        [&[VERSION], self.name.as_bytes()].concat()
    }

    fn key(&self, salt: &[u8]) -> Option<(LessSafeKey, Nonce)> {
        struct Length;
        impl KeyType for Length {
            fn len(&self) -> usize {
                KEY + NONCE
            }
        }
        // Each part goes in with its length, so that none runs into another.
        let (app_id, environment) = (self.app_id, self.environment);
        let (one, two) = (app_id.len(), environment.len());
        let info = format!("{LABEL}{one}:{app_id}{two}:{environment}");
        let info = [info.as_bytes()];
        let salt = Salt::new(HKDF_SHA256, salt);
        let random = salt.extract(self.secret.expose().as_bytes());
        let mut derived = Zeroizing::new([0_u8; KEY + NONCE]);
        let expanded = random.expand(&info, Length);
        expanded.ok()?.fill(&mut *derived).ok()?;
        let (key, nonce) = derived.split_first_chunk::<KEY>()?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, key).ok()?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        Some((LessSafeKey::new(key), nonce))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn seal(secret: &Secret) -> Seal<'_> {
        Seal {
            secret,
            app_id: "1234567",
            environment: "production",
            name: "__Host-pinterest-oauth-0123456789abcdef",
        }
    }

    #[test]
    fn a_text_comes_back_and_every_value_is_another() {
        let secret = Secret::from("a secret");
        let seal = seal(&secret);
        let value = seal.close("a text").unwrap();
        assert_eq!(seal.open(&value).unwrap().expose(), "a text");
        assert_ne!(value, seal.close("a text").unwrap());
    }

    #[test]
    fn every_bit_counts() {
        let secret = Secret::from("a secret");
        let seal = seal(&secret);
        let value = seal.close("a text").unwrap();
        for index in 0..value.len() {
            for bit in 0..8 {
                let mut bytes = value.clone().into_bytes();
                *bytes.get_mut(index).unwrap() ^= 1 << bit;
                let changed = String::from_utf8_lossy(&bytes);
                assert!(seal.open(&changed).is_none(), "{index}, {bit}");
            }
        }
        for length in 0..value.len() {
            assert!(seal.open(value.get(..length).unwrap()).is_none());
        }
    }

    #[test]
    fn it_is_for_one_secret_app_environment_and_name() {
        let (secret, other) = (Secret::from("a secret"), Secret::from("another"));
        let value = seal(&secret).close("a text").unwrap();
        assert!(seal(&other).open(&value).is_none());
        let others: [fn(Seal<'_>) -> Seal<'_>; 4] = [
            |seal| Seal {
                app_id: "1",
                ..seal
            },
            |seal| Seal {
                environment: "sandbox",
                ..seal
            },
            |seal| Seal {
                name: "pinterest-oauth-0123456789abcdef",
                ..seal
            },
            |seal| Seal {
                app_id: "12345671",
                environment: "0:production",
                ..seal
            },
        ];
        for other in others {
            assert!(other(seal(&secret)).open(&value).is_none());
        }
    }

    #[test]
    fn the_format_stays_as_it_is() {
        // What an older version of this library has sealed is opened by a newer one. Another program has made this value.
        let secret = Secret::from("a secret");
        let value = seal(&secret).seal("a text", &[7; SALT]).unwrap();
        assert_eq!(
            value,
            "AQcHBwcHBwcHBwcHBwcHBwegjdlu37yLDoktOuKt0UxSdAyA26Z0"
        );
    }

    proptest! {
        #[test]
        fn no_value_makes_it_panic(value in ".{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let secret = Secret::from("a secret");
            let seal = seal(&secret);
            let _ = seal.open(&value);
            let mut bytes = bytes;
            for version in [VERSION, 0] {
                bytes.insert(0, version);
                prop_assert!(seal.open(&URL_SAFE_NO_PAD.encode(&bytes)).is_none());
            }
        }
    }
}
