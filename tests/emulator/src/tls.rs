//! The certificate authority, made anew at every start, and one good and three bad certificates.

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use std::io;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

pub(crate) struct Certificates {
    /// The authority's certificate; its key is never written anywhere.
    pub(crate) ca_pem: String,
    pub(crate) good: TlsAcceptor,
    pub(crate) expired: TlsAcceptor,
    pub(crate) wrong_host: TlsAcceptor,
    /// Signed by itself.
    pub(crate) untrusted: TlsAcceptor,
}

impl Certificates {
    pub(crate) fn new(year: i32) -> io::Result<Self> {
        make(year).map_err(io::Error::other)
    }
}

type Problem = Box<dyn std::error::Error + Send + Sync>;

const LOCAL: &[&str] = &["localhost", "127.0.0.1", "::1"];

fn make(year: i32) -> Result<Certificates, Problem> {
    let ca_key = KeyPair::generate()?;
    let mut ca = parameters("pinterest-oauth emulator CA", &[], (year, year + 2))?;
    ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let ca_pem = ca.self_signed(&ca_key)?.pem();
    let issuer = Issuer::new(ca, ca_key);

    let signed = |names: &[&str], years: (i32, i32)| -> Result<TlsAcceptor, Problem> {
        let key = KeyPair::generate()?;
        let certificate = server(names, years)?.signed_by(&key, &issuer)?;
        acceptor(&certificate, &key)
    };
    let own_key = KeyPair::generate()?;
    let own = server(LOCAL, (year, year + 2))?.self_signed(&own_key)?;
    Ok(Certificates {
        ca_pem,
        good: signed(LOCAL, (year, year + 2))?,
        expired: signed(LOCAL, (2001, 2002))?,
        wrong_host: signed(&["wrong-host.example"], (year, year + 2))?,
        untrusted: acceptor(&own, &own_key)?,
    })
}

fn parameters(
    name: &str,
    names: &[&str],
    (from, to): (i32, i32),
) -> Result<CertificateParams, Problem> {
    let names: Vec<String> = names.iter().map(|&name| name.into()).collect();
    let mut parameters = CertificateParams::new(names)?;
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.not_before = date_time_ymd(from, 1, 1);
    parameters.not_after = date_time_ymd(to, 1, 1);
    Ok(parameters)
}

fn server(names: &[&str], years: (i32, i32)) -> Result<CertificateParams, Problem> {
    let mut parameters = parameters("pinterest-oauth emulator", names, years)?;
    // Python 3.13 and later insist on it.
    parameters.use_authority_key_identifier_extension = true;
    parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    parameters.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(parameters)
}

fn acceptor(certificate: &Certificate, key: &KeyPair) -> Result<TlsAcceptor, Problem> {
    let key = PrivateKeyDer::try_from(key.serialize_der())?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
