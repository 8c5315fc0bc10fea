"""The login from C#: at a terminal, in a web app, and as the README prints it. The browser is played."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from harness.beside import Beside
from harness.emulator import Emulator
from harness.environment import users
from harness.failure import demand, quoted
from harness.places import PYTHON, TARGET, TESTS
from harness.played import Browser, decided
from harness.ports import free_port
from harness.program import succeed
from printed.block import Substitution, blocks, substituted

from .dotnet import named
from .session import BINDING, DOTNET, LIMIT, SCRIPTS, WEB_EXAMPLE, PowerShellSession, said
from .terminal import Terminal

# A browser whose person agrees: it is started with a start page, or with Pinterest's, and says where that leads.
BROWSER = f"""#!{PYTHON}
import sys
sys.path.insert(0, {str(TESTS)!r})
from harness.played import Browser, decided
address = sys.argv[1]
if "state=" in address:
    back = decided(address, "allow")
    print(back)
    if back.startswith("http:"):
        Browser().get(back)
else:
    Browser().log_in(address, "allow")
"""

# What the blocks of the README take for granted.
FRAME = """
using System;
using System.Collections;
using System.Collections.Specialized;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Pinterest.OAuth;

internal sealed class Request
{
    public readonly NameValueCollection Headers = new NameValueCollection { { "Host", "example.com" } };
    public string HttpMethod = "GET";
    public Uri Url;

    internal void Comes(LoginBegin begin)
    {
        Headers["Cookie"] = string.Join("; ", begin.SetCookies.Select(cookie => cookie.Split(';')[0]).ToArray());
        Url = new Uri(Printed.Visited(begin.Url));
    }
}

internal static class Printed
{
#pragma warning disable 169, 414 // not each block uses all
    private static readonly CancellationToken cancellation = CancellationToken.None;
    private static readonly Request request = new Request();

    internal static string Visited(string address)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("BROWSER"), address) { UseShellExecute = false, RedirectStandardOutput = true };
        using (var process = Process.Start(start))
            return process.StandardOutput.ReadLine();
    }

    private static void Show(string address)
    {
        Task.Run(() => Visited(address));
    }

    private static void Main()
    {
        Run().Wait();
    }

#pragma warning disable 219, 1998 // one block awaits nothing
    private static async Task Run()
    {
        BLOCK
        Console.WriteLine("the end: " + end.Outcome);
    }
}
"""


def browser(folder: Path) -> Path:
    """The program that plays the browser."""
    program = folder / "browser"
    program.write_text(BROWSER, encoding="utf-8")
    program.chmod(0o700)
    return program


def check_readme(session: PowerShellSession) -> None:
    """the blocks of C# in the README"""
    redirect_uri = f"http://localhost:{free_port()}/"
    registered = f'{{ "redirect_uri", "{redirect_uri}" }}'
    found = blocks((BINDING / "README.md").read_text(encoding="utf-8"), "csharp")
    demand(len(found) == 2, f"the README has {len(found)} blocks of C#")
    alone, of_web = found
    first, second = '{ "account", "shop-42" }, { "scope"', '{ "account", "shop-42" }, { "browser"'
    alone = substituted(
        alone,
        [Substitution(printed, printed.replace("},", f"}}, {registered},")) for printed in (first, second)],
    )
    comes = Substitution("// 303, Location: begin.Url", "request.Comes(begin); // 303, Location: begin.Url")
    of_web = "var manager = new TokenManager();\n" + substituted(of_web, [comes])
    demand(session.program.is_file(), "the module is not built")
    for number, block in enumerate((alone, of_web)):
        source = session.folder / f"block{number}.cs"
        source.write_text(FRAME.replace("BLOCK", block), encoding="utf-8")
        succeed([SCRIPTS / "build.sh", "readme", source], env=users(), limit=LIMIT)
        with session.emulator("--redirect-uri", redirect_uri) as emulator:
            emulator.switch(user="anna")
            environment = emulator.login(
                BROWSER=str(browser(session.folder)),
                PINTEREST_OAUTH_STORE=str(session.folder / f"store{number}"),
            )
            for runner in (str(DOTNET), "mono"):
                text = said([runner, TARGET / "dotnet-readme" / "readme.dll"], environment)
                named(text, "the end: done", *(["Logged in: @anna"] if number == 0 else []))
                demand("pina_" not in text and "code=" not in text, f"a secret shows:\n{quoted(text)}")
        session.report.good(f"block {number + 1} of C#")


def check_login_at_the_console(session: PowerShellSession) -> None:
    """a program's login at a terminal: the address is shown, what is pasted is taken and not shown"""
    with session.surroundings() as environment:
        terminal = Terminal([str(DOTNET), str(session.program), "login"], environment)
        page = terminal.read_until(r"(http\S+state=\S+)")
        start = terminal.read_until(rf"open ({environment['REDIRECT_URI']}\S+)")
        terminal.type(f"{start}\r")
        terminal.read_until(r"(address is the one to open)")
        terminal.type(f"{decided(page, 'allow')}\r")
        text = terminal.close()
        named(text, "Logged in", "the end: done")
        demand("code=" not in text and text.count(start) == 2, f"what was pasted is shown:\n{quoted(text)}")


def check_web_login(session: PowerShellSession) -> None:
    """examples/dotnet/login.cs: two workers, one login; the same redirect twice, denial, another browser, prefetch, HEAD"""
    demand(session.program.is_file(), "the module is not built")
    succeed([SCRIPTS / "build.sh", "web-login", WEB_EXAMPLE], env=users(), limit=LIMIT)
    ports = [free_port(), free_port()]
    site = f"http://localhost:{ports[0]}"
    # The HttpListener of .NET Core 3.1 wants OpenSSL 1.1; mono has one of its own.
    program = str(TARGET / "dotnet-web-login" / "web-login.dll")
    with session.emulator("--redirect-uri", f"{site}/callback") as emulator, ExitStack() as stack:
        emulator.switch(user="anna")
        store = session.folder / "store"
        environment = emulator.login(SITE=site, PINTEREST_OAUTH_STORE=str(store))
        workers = [
            stack.enter_context(Beside(["mono", program, str(port)], env=environment)) for port in ports
        ]
        for worker in workers:
            demand(worker.line() == "ready", "it does not listen")
        _visited(site, f"http://localhost:{ports[1]}", emulator)
        for worker in workers:
            said = worker.stop().said
            demand("code=" not in said and "pina_" not in said and "state=" not in said, "a secret shows")


def _visited(site: str, other: str, emulator: Emulator) -> None:
    """What visitors do; the second worker finishes what the first one has begun."""
    host = {"host": site.removeprefix("http://")}
    browser = Browser()
    demand('href="/login"' in browser.get(f"{site}/").text, "a link")
    page = browser.get(f"{site}/login")
    demand(page.status == 303 and len(page.cookies) == 1, f"it answered {page.status}")
    back = decided(page.headers["location"], "allow")
    elsewhere = back.replace(site, other)
    demand(browser.ask("HEAD", elsewhere, host).status == 204, "HEAD is no visit")
    demand(browser.ask("GET", elsewhere, {"sec-purpose": "prefetch", **host}).status == 204, "no visit")
    demand(Browser().get(elsewhere).status == 400, "another browser")
    for at in (elsewhere, back, elsewhere):
        answer = browser.ask("GET", at, host)
        demand((answer.status, answer.headers["location"]) == (303, "/"), f"it answered {answer.status}")
    demand(browser.get(back).status == 303 and not browser.cookies, "the cookie is deleted")
    demand("Logged in: @anna" in browser.get(f"{other}/").text, "who logged in")
    exchanges = [request for request in emulator.requests() if request["path"].endswith("/oauth/token")]
    demand(len(exchanges) == 1, f"{len(exchanges)} codes were sent")
    page = browser.get(f"{site}/login")
    denied = browser.get(decided(page.headers["location"], "deny"))
    demand(denied.status == 403 and not browser.cookies, f"a denial: {denied.status}")
