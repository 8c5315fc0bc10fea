"""What `make install` puts somewhere, and `make uninstall` takes away."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from harness.environment import clean
from harness.failure import NotRun, demand
from harness.places import ROOT, TARGET, TESTS
from harness.program import run, succeed

from ..library import INSTALL
from ..session import CSession

PROGRAMS = TESTS / "dist" / "programs"
SOURCE = PROGRAMS / "token.c"


def _moved(session: CSession, **environment: str) -> Path:
    """Installed in one folder, and moved to another, with a space in its name."""
    first, second = session.folder / "first place", session.folder / "another place"
    succeed([INSTALL, first, TARGET / "debug"], folder=ROOT, env=clean(**environment))
    first.rename(second)
    return second


def _flags(prefix: Path, libdir: str, *options: str) -> list[str]:
    environment = clean(PKG_CONFIG_LIBDIR=str(prefix / libdir / "pkgconfig"))
    return shlex.split(succeed(["pkg-config", *options, "pinterest_oauth"], env=environment))


def check_install_moved(session: CSession) -> None:
    """what is installed may be moved, and its folder may hold a space"""
    for libdir in ("lib", "lib/somewhere-linux-gnu"):
        prefix = _moved(session, LIBDIR=libdir)
        environment = clean(LD_LIBRARY_PATH=str(prefix / libdir))
        with session.emulator() as emulator:
            environment |= emulator.login()
            for name, options in {"shared": [], "static": ["--static"]}.items():
                program = session.folder / name
                alone = ["-static"] if options else []
                flags = _flags(prefix, libdir, *options, "--cflags", "--libs")
                succeed(["gcc", "-std=c11", *alone, SOURCE, "-o", program, *flags])
                said = run([program], env=environment | {"LD_LIBRARY_PATH": str(prefix / libdir)})
                session.report.verdict(
                    f"{name}, from {libdir}: a program gets its token",
                    "" if said.code == 0 and said.output == "0 ads:read\n" else said.said,
                )
                session.printed.texts.append((name, said.said))
        shutil.rmtree(prefix)


def check_install_cmake(session: CSession) -> None:
    """CMake finds what was installed"""
    if not shutil.which("cmake"):
        raise NotRun("no cmake")
    prefix, sources = _moved(session), session.folder / "sources"
    shutil.copytree(PROGRAMS, sources)
    build = session.folder / "build"
    succeed(["cmake", "-S", sources, "-B", build], env=clean(CMAKE_PREFIX_PATH=str(prefix)))
    succeed(["cmake", "--build", build])


def check_install_no_rust(session: CSession) -> None:
    """`make install` runs no cargo where the library is built, and says what to do where it is not"""
    tools = session.folder / "tools"
    tools.mkdir()
    for tool in ("make", "sh", "find", "head", "sed", "mkdir", "install", "ln", "chmod", "id", "grep", "dirname",
                 "printf", "rm", "rmdir", "env", "cat"):  # fmt: skip
        found = shutil.which(tool)
        demand(found is not None, f"{tool} is missing")
        (tools / tool).symlink_to(str(found))
    target, prefix = session.folder / "target", session.folder / "prefix"
    environment = {"PATH": str(tools), "CARGO_TARGET_DIR": str(target)}
    make = ["make", "-s", f"PREFIX={prefix}"]
    said = run([*make, "install"], folder=ROOT, env=environment)
    session.report.verdict(
        "without a library it says that `make lib` comes first",
        "" if said.code != 0 and "there is no cargo here: run 'make lib' first" in said.errors else said.said,
    )
    (target / "release").mkdir(parents=True)
    for file in ("libpinterest_oauth_ffi.so", "libpinterest_oauth_ffi.a"):
        shutil.copyfile(TARGET / "debug" / file, target / "release" / file)  # newer than any source
    succeed([*make, "install"], folder=ROOT, env=environment)
    there = {path.relative_to(prefix).as_posix() for path in prefix.rglob("*") if not path.is_dir()}
    needed = {"include/pinterest_oauth.h", "lib/libpinterest_oauth.so", "lib/libpinterest_oauth.so.1"}
    needed |= {f"share/doc/pinterest_oauth/{name}" for name in ("LICENSE-MIT", "LICENSE-APACHE")}
    session.report.verdict(
        "library, header and licences are there", f"missing: {needed - there}" if needed - there else ""
    )
    (prefix / "lib" / "other.txt").write_text("of somebody else")
    succeed([*make, "uninstall"], folder=ROOT, env=environment)
    left = sorted(str(path.relative_to(prefix)) for path in prefix.rglob("*"))
    session.report.verdict(
        "`make uninstall` leaves what is not ours alone",
        "" if left == ["lib", "lib/other.txt"] else str(left),
    )
    os.remove(prefix / "lib" / "other.txt")
    succeed([*make, "uninstall"], folder=ROOT, env=environment)
    session.report.verdict("and nothing besides", "the folder is there" if prefix.exists() else "")
