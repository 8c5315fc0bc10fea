//! Which certificate authorities are trusted: a file, the system's, or Mozilla's where there are none.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::error::Error;
use crate::process::{PerProcess, lock};

/// How many sources keep their certificates.
const MAX_KEPT: usize = 32;

type Parsed = Vec<(Source, Arc<RootCertStore>)>;

static PARSED: PerProcess<Mutex<Parsed>> = PerProcess::new();

/// Where certificates come from; a file is read anew when it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    System,
    File(std::path::PathBuf, Option<SystemTime>, u64),
}

/// The certificates of `ca_file`, or of the system. Parsed once a process.
///
/// # Errors
/// `invalid_config` when the file cannot be read or holds no certificate.
pub(crate) fn load(ca_file: Option<&Path>) -> Result<Arc<RootCertStore>, Error> {
    let source = match ca_file {
        None => Source::System,
        Some(path) => {
            let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
            Source::File(path.to_owned(), metadata.modified().ok(), metadata.len())
        }
    };
    let parsed = PARSED.get();
    if let Some((_, known)) = lock(parsed).iter().find(|(known, _)| *known == source) {
        return Ok(Arc::clone(known));
    }
    let roots = Arc::new(match ca_file {
        None => system(),
        Some(path) => file(path)?,
    });
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

fn file(path: &Path) -> Result<RootCertStore, Error> {
    let pem = std::fs::read(path).map_err(|error| unreadable(&error))?;
    let mut roots = RootCertStore::empty();
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&pem).flatten().collect();
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        return Err(Error::invalid_config(
            "ca_file",
            "holds no certificate in PEM form",
        ));
    }
    Ok(roots)
}

/// Corporate authorities are in the system's store; a minimal container has no store at all.
fn system() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots
}

/// TLS 1.2 or newer, by the one provider that is linked in.
pub(crate) fn tls(roots: &Arc<RootCertStore>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::internal("TLS could not be set up"))?;
    Ok(builder
        .with_root_certificates(Arc::clone(roots))
        .with_no_client_auth())
}
