"""The request of a web app as what begin_login and finish_login take, from WSGI and from ASGI.

    begin = manager.begin_login(REDIRECT_URI, **begin_fields(request.environ))  # Flask; Django: request.META
    end = manager.finish_login(**finish_fields(request.scope))  # Starlette, FastAPI

Nothing is decided here. What is returned holds the visitor's cookies: it is not for logs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .types import BeginFields, FinishFields

# Browsers say by one of these that they fetch ahead.
_PURPOSES = ("sec-purpose", "purpose", "x-moz")


def begin_fields(request: Mapping[str, Any]) -> BeginFields:
    """Return cookies and host of a request.

    Args:
        request: a WSGI environ or an ASGI scope. Behind a proxy, what your framework makes of it, so that
            the host is the one that the browser sees.
    """
    return {"cookies": _cookies(request), "host": _header(request, "host")}


def finish_fields(request: Mapping[str, Any]) -> FinishFields:
    """Return method, query, cookies and purpose of a request at the redirect address.

    Args:
        request: a WSGI environ or an ASGI scope.
    """
    if _is_wsgi(request):
        method, query = request["REQUEST_METHOD"], request.get("QUERY_STRING", "")
    else:
        method, query = request["method"], request["query_string"].decode("latin-1")
    purposes = (_header(request, name) for name in _PURPOSES)
    return {
        "method": method,
        "query": query,
        "cookies": _cookies(request),
        "purpose": next((purpose for purpose in purposes if purpose), None),
    }


def _is_wsgi(request: Mapping[str, Any]) -> bool:
    return "REQUEST_METHOD" in request


def _cookies(request: Mapping[str, Any]) -> str | None:
    """HTTP/2 may send several headers, which belong together."""
    return "; ".join(_headers(request, "cookie")) or None


def _header(request: Mapping[str, Any], name: str) -> str | None:
    return next(iter(_headers(request, name)), None)


def _headers(request: Mapping[str, Any], name: str) -> list[str]:
    if _is_wsgi(request):
        value = request.get(f"HTTP_{name.upper().replace('-', '_')}")
        return [] if value is None else [value]
    headers: Iterable[tuple[bytes, bytes]] = request["headers"]
    return [value.decode("latin-1") for key, value in headers if key.lower() == name.encode()]
