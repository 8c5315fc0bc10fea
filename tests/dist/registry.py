"""A registry of npm packages on this machine: what `npm install NAME` asks for, from a folder of tarballs."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    """A server that is not running yet, on a free port."""
    tarballs = {path.name: path.read_bytes() for path in sorted(folder.glob("*.tgz"))}
    manifests: list[tuple[str, dict[str, Any]]] = []
    for path in sorted(folder.glob("*.tgz")):
        with tarfile.open(path) as archive:
            file = archive.extractfile("package/package.json")
            assert file
            manifests.append((path.name, json.load(file)))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = unquote(self.path.lstrip("/").split("?")[0])
            body = tarballs.get(name) or self._packument(name)
            self.send_response(200 if body else 404)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _packument(self, name: str) -> bytes:
            versions = {
                manifest["version"]: {**manifest, "dist": self._dist(file)}
                for file, manifest in manifests
                if manifest["name"] == name
            }
            if not versions:
                return b""
            told = {"name": name, "versions": versions, "dist-tags": {"latest": max(versions)}}
            return json.dumps(told).encode()

        def _dist(self, file: str) -> dict[str, str]:
            digest = base64.b64encode(hashlib.sha512(tarballs[file]).digest()).decode()
            address = f"http://{self.headers['host']}/{file}"
            return {"tarball": address, "integrity": f"sha512-{digest}"}

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
