//! A string that is wiped when dropped and never prints. What a secret *means* does not belong here.

use std::fmt;

use zeroize::Zeroize;

/// A string that is wiped from memory when dropped and shows as `[redacted]` in `Debug`.
///
/// It has no `Display` and does not serialise: use [`Secret::expose`] where the text itself is needed.
///
/// Wiped are secrets, request forms, headers and answers that this library holds. What the HTTP and
/// TLS libraries, the kernel or your own program copy on the way is theirs.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(String);

impl Secret {
    /// Takes over `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A short SHA-256 fingerprint (12 hex digits), for comparing secrets without showing them.
    pub fn fingerprint(&self) -> String {
        let digest = ring::digest::digest(&ring::digest::SHA256, self.0.as_bytes());
        digest
            .as_ref()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        wipe(std::mem::take(&mut self.0).into_bytes());
    }
}

/// Wipes all that the memory of `bytes` holds.
pub(crate) fn wipe(mut bytes: Vec<u8>) {
    // Also what lies behind their end. As one slice it is wiped many bytes at a time.
    bytes.resize(bytes.capacity(), 0);
    bytes.as_mut_slice().zeroize();
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
