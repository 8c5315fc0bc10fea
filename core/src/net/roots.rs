//! Which certificate authorities are trusted: a file, the system's, or Mozilla's where there are none.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::load_certs_from_paths;

use crate::error::Error;
use crate::process::{PerProcess, lock};

/// How many sources keep their certificates.
const MAX_KEPT: usize = 32;

type Parsed = Vec<(Source, Arc<RootCertStore>)>;

static PARSED: PerProcess<Mutex<Parsed>> = PerProcess::new();

/// Where certificates come from, the system where neither `file` nor `folder` is named; what has changed on disk is read
/// anew.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    file: Option<Place>,
    folder: Option<Place>,
    extra: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    path: PathBuf,
    modified: Option<SystemTime>,
    length: u64,
}

impl Place {
    fn of(path: &Path) -> Result<Self, Error> {
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
        Ok(Self {
            path: path.to_owned(),
            modified: metadata.modified().ok(),
            length: metadata.len(),
        })
    }
}

/// The certificates of `ca_file` and `ca_dir`, or of the system where neither is named; and those of `extra`. Parsed once
/// a process. An `extra` that cannot be read adds none: Node warns of it at its start.
///
/// # Errors
/// `invalid_config` when `ca_file` and `ca_dir` cannot be read or hold no certificate.
pub(crate) fn load(
    ca_file: Option<&Path>,
    ca_dir: Option<&Path>,
    extra: Option<&Path>,
) -> Result<Arc<RootCertStore>, Error> {
    let source = Source {
        file: ca_file.map(Place::of).transpose()?,
        folder: ca_dir.map(Place::of).transpose()?,
        extra: extra.and_then(|path| Place::of(path).ok()),
    };
    let parsed = PARSED.get();
    if let Some((_, known)) = lock(parsed).iter().find(|(known, _)| *known == source) {
        return Ok(Arc::clone(known));
    }
    let mut roots = match (ca_file, ca_dir) {
        (None, None) => system(),
        _ => named(ca_file, ca_dir)?,
    };
    if let Some(pem) = extra.and_then(|path| std::fs::read(path).ok()) {
        roots.add_parsable_certificates(certificates(&pem));
    }
    let roots = Arc::new(roots);
    let mut parsed = lock(parsed);
    if parsed.len() >= MAX_KEPT {
        parsed.remove(0);
    }
    parsed.push((source, Arc::clone(&roots)));
    Ok(roots)
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::invalid_config("ca_file", format!("cannot be read ({})", error.kind()))
}

fn named(ca_file: Option<&Path>, ca_dir: Option<&Path>) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = ca_file {
        let pem = std::fs::read(path).map_err(|error| unreadable(&error))?;
        roots.add_parsable_certificates(certificates(&pem));
    }
    if let Some(path) = ca_dir {
        roots.add_parsable_certificates(load_certs_from_paths(None, Some(path)).certs);
    }
    if roots.is_empty() {
        let problem = "holds no certificate in PEM form";
        return Err(Error::invalid_config("ca_file", problem));
    }
    Ok(roots)
}

fn certificates(pem: &[u8]) -> Vec<CertificateDer<'static>> {
    CertificateDer::pem_slice_iter(pem).flatten().collect()
}

/// Corporate authorities are in the system's store; a minimal container has no store at all.
fn system() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(of_the_system());
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots
}

/// Where systems without a certificate service of their own keep their bundle.
#[cfg(all(unix, not(target_vendor = "apple")))]
const BUNDLES: [&str; 6] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/usr/local/share/certs/ca-root-nss.crt",
];

/// The system's certificates. Whether the environment names others is the configuration's to say, not a library's: so
/// the places are looked at here.
#[cfg(all(unix, not(target_vendor = "apple")))]
fn of_the_system() -> Vec<CertificateDer<'static>> {
    let bundle = BUNDLES.iter().map(Path::new).find(|path| path.is_file());
    let folder = Path::new("/etc/ssl/certs");
    load_certs_from_paths(bundle, folder.is_dir().then_some(folder)).certs
}

#[cfg(not(all(unix, not(target_vendor = "apple"))))]
fn of_the_system() -> Vec<CertificateDer<'static>> {
    rustls_native_certs::load_native_certs().certs
}

/// TLS 1.2 or newer, by the one provider that is linked in.
pub(crate) fn tls(roots: Arc<RootCertStore>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::internal("TLS could not be set up"))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
