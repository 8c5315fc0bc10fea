//! What one tells the emulator at its start, and the addresses it tells in return.

use crate::mint::fingerprint;
use crate::switches::Switches;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// How to start. The default is right for a test: free ports, TLS, a random secret.
#[derive(Clone, PartialEq)]
pub struct Options {
    /// Port of the plain http listener; 0 takes a free one.
    pub port: u16,
    /// Port of the control listener; 0 takes a free one.
    pub control_port: u16,
    /// The switches to start with (and to come back to with `/reset`).
    pub switches: Switches,
    /// The app's id; `1234567` if absent.
    pub app_id: Option<String>,
    /// The app's secret; 40 random hexadecimal digits if absent.
    pub app_secret: Option<String>,
    /// Whether the https listeners are there.
    pub tls: bool,
    /// Where the CA's certificate and the clock's file are written; a fresh folder, removed at the end, if absent.
    pub dir: Option<PathBuf>,
    /// Redirect addresses that are registered besides [`REDIRECT_URIS`].
    pub redirect_uris: Vec<String>,
}

/// The redirect addresses that are always registered.
pub const REDIRECT_URIS: &[&str] = &[
    "http://localhost:8085/",
    "http://127.0.0.1:8085/",
    "https://example.com/callback",
];

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            control_port: 0,
            switches: Switches::default(),
            app_id: None,
            app_secret: None,
            tls: true,
            dir: None,
            redirect_uris: Vec::new(),
        }
    }
}

/// Shows the secret as a fingerprint only.
impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("port", &self.port)
            .field("control_port", &self.control_port)
            .field("switches", &self.switches)
            .field("app_id", &self.app_id)
            .field("app_secret", &self.app_secret.as_deref().map(fingerprint))
            .field("tls", &self.tls)
            .field("dir", &self.dir)
            .field("redirect_uris", &self.redirect_uris)
            .finish()
    }
}

/// Where everything is. What needs TLS is absent without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Urls {
    /// The API, `http://127.0.0.1:…/v5`: for `PINTEREST_API_URI`.
    pub base_url: String,
    /// Where the consent page is, without `/oauth/`: for `PINTEREST_OAUTH_URI`.
    pub oauth_url: String,
    /// The API with TLS, `https://localhost:…/v5`; the certificate also fits 127.0.0.1.
    pub https_base_url: Option<String>,
    /// With a certificate that expired in 2002.
    pub expired_base_url: Option<String>,
    /// With a certificate for another host.
    pub wrong_host_base_url: Option<String>,
    /// With a certificate that its own key signed.
    pub untrusted_base_url: Option<String>,
    /// The sandbox's API.
    pub sandbox_base_url: String,
    /// A forward proxy.
    pub proxy_url: String,
    /// The control port.
    pub control_url: String,
    /// Holds by how many seconds the clock was moved forward: for a token manager's `clock_offset_file`, which moves with it.
    pub clock_file: PathBuf,
    /// The certificate of the CA to trust, as PEM.
    pub ca_file: Option<PathBuf>,
}

/// What a person agrees to, for [`Emulator::authorize`](crate::Emulator::authorize).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// A registered redirect address; the first of [`REDIRECT_URIS`] by default.
    pub redirect_uri: String,
    /// Scopes with commas or spaces; by default `user_accounts:read,pins:read,boards:read`.
    pub scope: String,
    /// The state to carry back.
    pub state: Option<String>,
    /// The account of the person; what the switch `user` says if absent.
    pub user: Option<String>,
    /// Whether the person refuses. With the switch `deny` every person does.
    pub deny: bool,
}

impl Default for Consent {
    fn default() -> Self {
        Self {
            redirect_uri: REDIRECT_URIS.first().copied().unwrap_or_default().into(),
            scope: "user_accounts:read,pins:read,boards:read".into(),
            state: None,
            user: None,
            deny: false,
        }
    }
}

/// What comes of a person's click on "Give access" or "Cancel".
#[derive(Clone, PartialEq, Eq)]
pub struct Authorized {
    /// The authorization code; empty where the person refused.
    pub code: String,
    /// Where the browser is sent: the redirect address with code or error, and state. Empty where it stays on a page.
    pub redirect: String,
}

/// Shows neither code nor address.
impl fmt::Debug for Authorized {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Authorized")
            .field("code", &fingerprint(&self.code))
            .finish_non_exhaustive()
    }
}
