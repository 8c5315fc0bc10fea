"""The system's authorities, with one more among them."""

from __future__ import annotations

import ssl
from pathlib import Path

# Where systems keep them in one file.
STORES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


def system_with(authority: Path, bundle: Path) -> tuple[dict[str, str], int]:
    """An environment in which the system's store is what it is, and `authority` is in it too.

    Nothing else may differ from the default, so the folder of certificates, which is searched besides the
    file, is named as well.
    """
    paths = ssl.get_default_verify_paths()
    file = next((Path(name) for name in STORES if Path(name).is_file()), None)
    text = file.read_text() if file else ""
    bundle.write_text(text + authority.read_text())
    trusting = {"SSL_CERT_FILE": str(bundle), "REQUESTS_CA_BUNDLE": str(bundle)}
    if Path(paths.openssl_capath).is_dir():
        trusting["SSL_CERT_DIR"] = str(Path(paths.openssl_capath).resolve())
    return trusting, text.count("BEGIN CERTIFICATE")
