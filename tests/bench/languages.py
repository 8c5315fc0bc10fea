"""The languages, each an entry: what is measured, beside what, and what ours should reach."""

from __future__ import annotations

from harness.places import BINDINGS, optional
from harness.program import Command

from . import build
from .language import Language, Overlap, each
from .places import BUILT, NODE, PROGRAMS, PYTHON

C_CLIENT: Command = [BUILT / "client"]
PYTHON_CLIENT: Command = [PYTHON, PROGRAMS / "client.py"]
PERL_CLIENT: Command = ["perl", f"-I{BINDINGS}/perl/lib", PROGRAMS / "client.pl"]
PHP_CLIENT: Command = ["php", PROGRAMS / "client.php"]
NODE_CLIENT: Command = ["node", NODE / "client.mjs"]
PWSH = optional("pwsh") or ""
POWERSHELL_OTHERS = ("Invoke-RestMethod", "Invoke-RestMethod, no session", "HttpClient")
POWERSHELL_CLIENT: Command = [PWSH, "-NoLogo", "-NoProfile", "-File", PROGRAMS / "client.ps1"]


def php(*extensions: str) -> Command:
    """The PHP program without any php.ini, and with these extensions."""
    loaded = [word for extension in extensions for word in ("-d", f"extension={extension}")]
    return ["php", "-n", *loaded, PROGRAMS / "client.php"]


C = Language(
    "C",
    versions=["curl-config", "--version"],
    many=each(C_CLIENT, "ours", "libcurl", "raw socket"),
    once={
        "bare process": [BUILT / "once-bare"],
        "ours": [BUILT / "once-ours"],
        "libcurl": [BUILT / "once-libcurl"],
    },
    at_most={"C libcurl": 1.0},
    overlap=Overlap(
        at_once=8,
        by="threads",
        calls=100,
        programs={"ours": [*C_CLIENT, "ours"], "libcurl, a handle each": [*C_CLIENT, "libcurl"]},
        aim_percent=95,
    ),
    notes=("Ours alone reads the JSON.",),
)

PYTHON_LANGUAGE = Language(
    "Python",
    versions=[*PYTHON_CLIENT, "versions"],
    many=each(PYTHON_CLIENT, "ours", "raw socket", "http.client", "httpx", "requests"),
    once=each([PYTHON, PROGRAMS / "once.py"], "bare interpreter", "ours", "http.client", "requests"),
    at_most={"C libcurl": 1.4},
    cost_ms=5.0,
    overlap=Overlap(
        at_once=8,
        by="threads",
        calls=100,
        programs={"ours": [*PYTHON_CLIENT, "ours"], "requests, a session each": [*PYTHON_CLIENT, "requests"]},
        aim_percent=95,
    ),
    notes=("http.client is made to send headers and body in one write.",),
)

PERL = Language(
    "Perl",
    versions=[*PERL_CLIENT, "versions"],
    many=each(PERL_CLIENT, "ours", "raw socket", "WWW::Curl", "HTTP::Tiny, TCP_NODELAY", "HTTP::Tiny", "LWP"),
    slow=("HTTP::Tiny",),
    once=each(PERL_CLIENT, "bare interpreter", "ours", "WWW::Curl", "HTTP::Tiny", "LWP"),
    at_most={"Perl WWW::Curl": 1.3, "Perl LWP": 0.2},
    no_dearer_than=("LWP",),
    notes=(
        "HTTP::Tiny writes headers and body apart, so every call waits for a delayed acknowledgement.",
        "All read the JSON with Cpanel::JSON::XS.",
    ),
)

PHP = Language(
    "PHP",
    versions=[*PHP_CLIENT, "versions"],
    many=each(PHP_CLIENT, "ours", "raw socket", "php-curl", "HttpClient"),
    once={
        "bare interpreter": [*php(), "bare interpreter"],
        "ours": [*php("ffi"), "ours"],
        "php-curl": [*php("curl"), "php-curl"],
        "HttpClient": [*php("curl"), "HttpClient"],
    },
    at_most={"PHP php-curl": 1.1, "PHP HttpClient": 0.2},
    no_dearer_than=("php-curl",),
    notes=(
        "php-curl keeps its handle; HttpClient is Symfony's, over the same curl.",
        "A whole process reads no php.ini and loads the one extension that it needs.",
    ),
)

NODE_LANGUAGE = Language(
    "Node",
    prepare=build.node,
    versions=[*NODE_CLIENT, "versions"],
    many=each(NODE_CLIENT, "ours", "raw socket", "node:http", "undici", "fetch", "koffi"),
    once=each(NODE_CLIENT, "bare interpreter", "ours", "node:http", "undici", "fetch", "koffi"),
    overlap=Overlap(
        at_once=200,
        by="promises",
        calls=20,
        programs=each(NODE_CLIENT, "ours", "node:http", "undici", "fetch", "koffi"),
        slow=("koffi",),
    ),
    notes=(
        "node:http has an agent with keepAlive; CPU is of all threads of the process.",
        "koffi calls the C library, in one of libuv's four threads, and reads its JSON.",
    ),
)

POWERSHELL = Language(
    "PowerShell",
    prepare=build.powershell,
    versions=[*POWERSHELL_CLIENT, "versions"],
    many=each(POWERSHELL_CLIENT, "ours", *POWERSHELL_OTHERS),
    once=each(POWERSHELL_CLIENT, "bare interpreter", "ours", *POWERSHELL_OTHERS),
    notes=("Invoke-RestMethod has a web session, in which PowerShell 7.4 and newer keep the connection.",),
    not_run="" if PWSH else "no pwsh",
)

LANGUAGES = {
    language.name: language for language in (C, PYTHON_LANGUAGE, PERL, PHP, NODE_LANGUAGE, POWERSHELL)
}
