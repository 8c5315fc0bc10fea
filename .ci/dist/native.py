"""The native parts, built once for every package: by zig, for a glibc of 2014."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection
from pathlib import Path

from places import GLIBC, HERE, ROOT, TARGET, Platform, commit, output, run

BUILD = TARGET / "dist-build"
# What cargo builds of each package, and what it is called here.
PARTS = {
    "pinterest-oauth-ffi": ("libpinterest_oauth_ffi.so", "libpinterest_oauth_ffi.a"),
    "pinterest-oauth-node": ("libpinterest_oauth_node.so",),
    "pinterest-oauth-cli": ("pinterest-oauth",),
}


def tools() -> Path:
    """The folder of the pinned build tools."""
    return Path(output([HERE / "tools.sh"]).strip())


def environment() -> dict[str, str]:
    """In which the same sources give the same bytes: no path of this machine, no date but the commit's."""
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    sysroot = output(["rustc", "--print", "sysroot"]).strip()
    remapped = {f"{home}/registry/src/": "/cargo/", str(ROOT): "/src", sysroot: "/rustup"}
    for path in remapped:
        if " " in path:
            raise SystemExit(f"make dist cannot be run where a path holds a space: {path}")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CARGO_PROFILE_", "CARGO_ENCODED", "RUSTFLAGS", "CFLAGS", "PINTEREST_"))
    }
    return {
        **kept,
        "PATH": f"{tools()}/bin{os.pathsep}{os.environ['PATH']}",
        "CARGO_TARGET_DIR": str(BUILD),
        "SOURCE_DATE_EPOCH": str(commit()[1]),
        "RUSTFLAGS": " ".join(f"--remap-path-prefix={path}={name}" for path, name in remapped.items()),
        "CFLAGS": f"-ffile-prefix-map={home}=/cargo -ffile-prefix-map={ROOT}=/src",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def compiling() -> dict[str, str]:
    """The same with one date for ever: C compilers are told of it, and each commit would build everything anew."""
    return {**environment(), "SOURCE_DATE_EPOCH": "315532800"}


def folder(platform: Platform) -> Path:
    """Cargo's target folder; another compiler has another one."""
    return BUILD if platform.is_here() else BUILD / platform.arch


def compile_for(platform: Platform, command: list[str | Path], env: dict[str, str]) -> None:
    """Runs it with this machine's Rust, or for another architecture with Debian's, without LTO (fat LTO was not tried)."""
    if platform.is_here():
        run(command, env=env)
        return
    (zig,) = tools().glob("lib/python3*/site-packages/ziglang/zig")
    settings = {
        **env,
        "DIST_TARGET": str(TARGET),
        "CARGO_ZIGBUILD_ZIG_PATH": str(zig),
        "CARGO_PROFILE_RELEASE_LTO": "off",
        "CARGO_NET_OFFLINE": "true",
        "RUSTFLAGS": env["RUSTFLAGS"] + " --remap-path-prefix=/usr/lib/rustlib=/rustup",
    }
    run([HERE / "foreign.sh", platform.debian, *command], env=settings)


def build(platform: Platform, packages: Collection[str], seconds: dict[str, float]) -> Path:
    """The files of these packages, in the folder that is returned; how long each took."""
    made = folder(platform) / platform.triple / "release"
    into = BUILD / "parts" / platform.arch
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for package, files in PARTS.items():
        if package not in packages:
            continue
        print(f"{package}: zig builds it for glibc {GLIBC} ...", flush=True)
        began = time.monotonic()
        target = f"{platform.triple}.{GLIBC}"
        compile_for(
            platform,
            ["cargo", "zigbuild", "-q", "--locked", "--release", "--target", target, "-p", package],
            env={**compiling(), "CARGO_TARGET_DIR": str(folder(platform))},
        )
        seconds[package] = round(time.monotonic() - began, 1)
        for file in files:
            # With its mode: it may be a program.
            shutil.copy(made / file, into / file)
    # Of a static library, Rust's own debug information is two fifths.
    strip = "strip" if platform.is_here() else f"{platform.c}-strip"
    for archive in into.glob("*.a"):
        compile_for(
            platform, [strip, "--strip-debug", "--enable-deterministic-archives", archive], environment()
        )
    return into


def wheel(platform: Platform, to: Path, seconds: dict[str, float]) -> Path:
    """The wheel as maturin makes it."""
    print(f"wheel: maturin and zig build it for glibc {GLIBC} ...", flush=True)
    began = time.monotonic()
    shutil.rmtree(to, ignore_errors=True)
    command = ["maturin", "build", "-q", "--zig", "--release", "--locked", "--compatibility", "manylinux2014"]
    compile_for(
        platform,
        [*command, "--target", platform.triple, "-m", "bindings/python/Cargo.toml", "-o", to],
        # maturin names zig in another way than cargo-zigbuild: in one folder each would undo the other's work.
        env={**compiling(), "CARGO_TARGET_DIR": str(folder(platform) / "maturin")},
    )
    seconds["wheel"] = round(time.monotonic() - began, 1)
    (made,) = to.glob("*.whl")
    return made
