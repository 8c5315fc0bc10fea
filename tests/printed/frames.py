"""What the reader of README.md has around its blocks: a user who gives access, a store for tokens, and for C a JSON library.

Each frame is what stands before the block and what stands behind it. `PRINTED_CLICK` is a program that takes the address of
the page and prints the one at which the user comes back.
"""

from __future__ import annotations

from harness.places import BINDINGS

Frame = tuple[str, str]

PYTHON: Frame = (
    """import os, subprocess
def send_the_user_to(url):
    return subprocess.run([os.environ["PRINTED_CLICK"], url], capture_output=True, text=True).stdout.strip()
stored = []
store = stored.append
""",
    "\nassert token.refresh_token_rotated and len(stored) == 2\n",
)

PERL: Frame = (
    """use strict; use warnings;
sub send_the_user_to {
    open my $clicked, '-|', $ENV{PRINTED_CLICK}, @_ or die "$!\\n";
    chomp(my $address = readline $clicked);
    return $address;
}
my @stored;
sub store { push @stored, @_ }
""",
    "\ndie 'not stored' if @stored != 2 || !$token->refresh_token_rotated;\n",
)

PHP: Frame = (
    f"""<?php
require '{BINDINGS}/php/autoload.php'; $stored = [];
function sendTheUserTo(string $url): string
{{
    return trim(shell_exec(getenv('PRINTED_CLICK') . ' ' . escapeshellarg($url)));
}}
function store(string $json): void {{ $GLOBALS['stored'][] = $json; }}
""",
    "\nexit(count($stored) === 2 && $token->refreshTokenRotated ? 0 : 1);\n",
)

JAVASCRIPT: Frame = (
    """import { execFileSync } from "node:child_process";
const sendTheUserTo = async (url) => execFileSync(process.env.PRINTED_CLICK, [url], { encoding: "utf8" }).trim();
const stored = [], store = (text) => stored.push(text);
""",
    "\nprocess.exit(stored.length === 2 && token.refreshTokenRotated ? 0 : 1);\n",
)

POWERSHELL: Frame = (
    """$ErrorActionPreference = 'Stop'
$code = $env:PINTEREST_CODE
function Send-TheUserTo { param([string]$Url) & $env:PRINTED_CLICK $Url }
""",
    "\nif (-not $token.RefreshTokenRotated) { throw 'it did not rotate' }\n",
)

# Its tokens are counted by what it prints of them: `stored`.
C: Frame = (
    r"""#define _GNU_SOURCE
#include <pinterest_oauth.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static char *send_the_user_to(const char *url) {
    static char command[8192], address[4096];
    snprintf(command, sizeof command, "\"$PRINTED_CLICK\" '%s'", url);
    FILE *clicked = popen(command, "r");
    if (fgets(address, sizeof address, clicked) == NULL) exit(1);
    pclose(clicked);
    return strtok(address, "\n");
}
static void store(const char *token) {
    puts(strstr(token, "\"access_token\":\"pina_") == NULL ? "not a token" : "stored");
}
static void check(pinterest_oauth_status status, char **document) {
    if (status != PINTEREST_OAUTH_STATUS_OK) { puts(*document); exit((int)status); }
}
static char *json(const char *name, ...) {
    static char made[8192];
    char *at = made;
    const char *opens = "{";
    va_list texts;
    va_start(texts, name);
    for (; name != NULL; name = va_arg(texts, char *), opens = ",") {
        at += sprintf(at, "%s\"%s\":\"", opens, name);
        for (const char *text = va_arg(texts, char *); *text != '\0'; *at++ = *text++)
            if (*text == '"' || *text == '\\') *at++ = '\\';
        *at++ = '"';
    }
    va_end(texts);
    strcpy(at, "}");
    return made;
}
""",
    "",
)
