"""Every artefact, made of the native parts and of whole folders of the repository."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import deb
import nupkg
import sbom
import wheel as wheels
from archive import pack
from native import environment
from native import wheel as build_wheel
from notices import third_party
from places import OUT, ROOT, STAGE, Platform, output, run, version

ABOUT = "OAuth tokens of Pinterest API v5 (unofficial)"
TAGS = "Pinterest OAuth OAuth2 Token"


@dataclass
class Job:
    """What a maker of packages is given."""

    platform: Platform
    parts: Path
    seconds: dict[str, float]

    def notices(self, package: str) -> Path:
        """THIRD-PARTY-LICENSES.txt of what is linked into a crate of ours."""
        file = STAGE / f"{package}-licenses.txt"
        if not file.exists():
            file.write_text(third_party(package, self.platform.triple), encoding="utf-8")
        return file

    def settings(self, package: str) -> dict[str, str]:
        """The environment of a package.sh."""
        licences = str(self.notices(package))
        return {**environment(), "THIRD_PARTY_LICENSES": licences, "CARGO_TARGET_DIR": str(STAGE / "target")}

    def bill(self, made: Path, purl: str, package: str | None, *needs: str) -> None:
        """The bill of materials beside an artefact."""
        sbom.write(made, purl, package, self.platform.triple, needs)

    @property
    def library(self) -> Path:
        """The C library."""
        return self.parts / "libpinterest_oauth_ffi.so"


def fresh(name: str) -> Path:
    """An empty folder to make something in."""
    folder = STAGE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def python(job: Job) -> None:
    """The wheel and the sdist."""
    crate = "pinterest-oauth-python"
    made = build_wheel(job.platform, STAGE / "wheel", job.seconds)
    made = wheels.finish(made, OUT, job.notices(crate).read_text(encoding="utf-8"))
    job.bill(made, f"pkg:pypi/pinterest-oauth@{version()}", crate)
    folder = fresh("sdist")
    run(["maturin", "sdist", "-m", "bindings/python/Cargo.toml", "-o", folder], env=environment())
    (made,) = folder.glob("*.tar.gz")
    inside = fresh("sdist-unpacked")
    run(["tar", "xzf", made, "-C", inside])
    pack(inside, OUT / made.name)
    job.bill(OUT / made.name, f"pkg:pypi/pinterest-oauth@{version()}?type=sdist", crate)


def npm(job: Job) -> None:
    """The main package and the one with the native half."""
    crate = "pinterest-oauth-node"
    script = ROOT / "bindings" / "node" / "scripts" / "package.mjs"
    addon = job.parts / "libpinterest_oauth_node.so"
    systems = [job.platform.npm, *(os.environ.get("NPM_SYSTEMS", "").split())]
    run(["node", script, OUT / "npm", addon, *dict.fromkeys(systems)], env=job.settings(crate))
    native = f"pinterest-oauth-{job.platform.npm}"
    job.bill(OUT / "npm" / f"{native}-{version()}.tgz", f"pkg:npm/{native}@{version()}", crate)
    main = OUT / "npm" / f"pinterest-oauth-{version()}.tgz"
    job.bill(main, f"pkg:npm/pinterest-oauth@{version()}", None, f"pkg:npm/{native}@{version()}")


def php(job: Job) -> None:
    """Composer's zips: the client with its library, the Symfony bundle."""
    crate = "pinterest-oauth-ffi"
    folder = fresh("php")
    (OUT / "composer").mkdir()
    client: list[str | Path] = [
        ROOT / "bindings" / "php" / "package.sh",
        folder,
        job.library,
        job.platform.php,
    ]
    run(client, env=job.settings(crate))
    run([ROOT / "bindings" / "php-symfony" / "package.sh", folder], env=job.settings(crate))
    for made in folder.glob("*.zip"):
        shutil.move(made, OUT / "composer")
    name = "pkg:composer/pinterest-oauth"
    job.bill(
        OUT / "composer" / f"pinterest-oauth-{version()}.zip", f"{name}/pinterest-oauth@{version()}", crate
    )
    bundle = OUT / "composer" / f"server-bundle-{version()}.zip"
    needs = (f"{name}/pinterest-oauth@{version()}", "pkg:composer/symfony/framework-bundle")
    job.bill(bundle, f"{name}/server-bundle@{version()}", None, *needs)


def perl(job: Job) -> None:
    """The distribution for CPAN."""
    crate = "pinterest-oauth-ffi"
    prebuilt = fresh("perl") / "prebuilt"
    place = prebuilt / job.platform.perl
    place.mkdir(parents=True)
    shutil.copyfile(job.library, place / "libpinterest_oauth.so")
    shutil.copyfile(job.notices(crate), place / "THIRD-PARTY-LICENSES.txt")
    run([ROOT / "bindings" / "perl" / "package.sh", OUT, prebuilt], env=job.settings(crate))
    (made,) = OUT.glob("Pinterest-OAuth-*.tar.gz")
    job.bill(made, f"pkg:cpan/{made.name.removesuffix('.tar.gz')}", crate, "pkg:cpan/FFI-Platypus")


def powershell(job: Job) -> None:
    """The module as the gallery wants it and as a zip, and the package for .NET."""
    crate = "pinterest-oauth-ffi"
    folder = STAGE / "powershell"
    script = ROOT / "bindings" / "powershell" / "package.sh"
    run([script, folder, job.library, job.platform.dotnet], env=job.settings(crate))
    gallery = "<requireLicenseAcceptance>false</requireLicenseAcceptance>"
    tags = f"{TAGS} PSModule PSEdition_Desktop PSEdition_Core Linux"
    module, net = (
        OUT / f"Pinterest.OAuth.{version()}.nupkg",
        OUT / f"Pinterest.OAuth.Net.{version()}.nupkg",
    )
    nupkg.write(folder / "module", module, "Pinterest.OAuth", ABOUT, tags, f"\n    {gallery}")
    group = '<dependencies><group targetFramework=".NETStandard2.0" /></dependencies>'
    nupkg.write(folder / "net", net, "Pinterest.OAuth.Net", ABOUT, TAGS, f"\n    {group}")
    plain = OUT / f"Pinterest.OAuth-{version()}.zip"
    pack(folder / "module", plain, f"Pinterest.OAuth/{version()}")
    for made in (module, net, plain):
        job.bill(made, f"pkg:nuget/{made.name.split('-')[0]}@{version()}", crate)


def c(job: Job) -> None:
    """The C library as a folder to unpack anywhere, and as Debian's packages."""
    crate = "pinterest-oauth-ffi"
    install = ROOT / "ffi-c" / "install.sh"
    name = f"pinterest-oauth-c-{version()}-{job.platform.c}"
    anywhere = fresh("c-tar")
    run([install, anywhere, job.parts], env={**job.settings(crate), "DESTDIR": ""})
    shutil.copyfile(ROOT / "ffi-c" / "ABI.md", anywhere / "share" / "doc" / "pinterest_oauth" / "ABI.md")
    pack(anywhere, OUT / f"{name}.tar.gz", name)
    job.bill(OUT / f"{name}.tar.gz", f"pkg:generic/pinterest-oauth-c@{version()}", crate)

    whole = fresh("c-deb")
    place = f"lib/{job.platform.c}"
    settings = {**job.settings(crate), "DESTDIR": str(whole), "LIBDIR": place}
    run([install, "/usr", job.parts], env=settings)
    texts = whole / "usr" / "share" / "doc" / "pinterest_oauth"
    folders = {}
    for package in ("libpinterest-oauth1", "libpinterest-oauth-dev"):
        folders[package] = fresh(f"c-{package}")
        shutil.copytree(texts, folders[package] / "usr" / "share" / "doc" / package)
    shutil.rmtree(texts)
    libraries = folders["libpinterest-oauth1"] / "usr" / place
    libraries.mkdir(parents=True)
    for file in sorted((whole / "usr" / place).glob("libpinterest_oauth.so.*")):
        shutil.move(file, libraries)
    shutil.copytree(
        whole / "usr", folders["libpinterest-oauth-dev"] / "usr", symlinks=True, dirs_exist_ok=True
    )
    shutil.rmtree(folders["libpinterest-oauth-dev"] / "usr" / "share" / "doc" / "pinterest_oauth", True)
    made = [
        deb.write(
            folders["libpinterest-oauth1"], OUT, job.platform, name="libpinterest-oauth1", about=ABOUT,
            more="The shared library.", section="libs", library=True,
        ),
        deb.write(
            folders["libpinterest-oauth-dev"], OUT, job.platform, name="libpinterest-oauth-dev", about=ABOUT,
            more="Header, static library, pkg-config and CMake files.", section="libdevel",
            depends=f"libpinterest-oauth1 (= {version()})",
        ),
    ]  # fmt: skip
    for file in made:
        job.bill(file, f"pkg:deb/{file.name.split('_')[0]}@{version()}", crate)


def command(job: Job) -> None:
    """The command as a folder to unpack anywhere, and as Debian's package."""
    crate = "pinterest-oauth-cli"
    name = f"pinterest-oauth-{version()}-{job.platform.c}"
    anywhere, installed = fresh("command-tar"), fresh("command-deb")
    doc = installed / "usr" / "share" / "doc" / "pinterest-oauth"
    for program, texts in ((anywhere / "bin", anywhere), (installed / "usr" / "bin", doc)):
        program.mkdir(parents=True)
        texts.mkdir(parents=True, exist_ok=True)
        shutil.copy(job.parts / "pinterest-oauth", program)
        shutil.copyfile(ROOT / "bindings" / "cli" / "README.md", texts / "README.md")
        shutil.copyfile(job.notices(crate), texts / "THIRD-PARTY-LICENSES.txt")
        for licence in ("LICENSE-MIT", "LICENSE-APACHE"):
            shutil.copyfile(ROOT / licence, texts / licence)
    pack(anywhere, OUT / f"{name}.tar.gz", name)
    job.bill(OUT / f"{name}.tar.gz", f"pkg:generic/pinterest-oauth@{version()}", crate)
    made = deb.write(
        installed, OUT, job.platform, name="pinterest-oauth", about=ABOUT,
        more="The command, with an emulator of Pinterest's OAuth server.", section="utils", multi="foreign",
    )  # fmt: skip
    job.bill(made, f"pkg:deb/pinterest-oauth@{version()}", crate)


def crates(job: Job) -> None:
    """The crates, as they would be published."""
    names = ("pinterest-oauth", "pinterest-oauth-emulator", "pinterest-oauth-cli")
    folder = fresh("crates")
    chosen = [word for name in names for word in ("-p", name)]
    run(
        [
            "cargo",
            "package",
            "-q",
            "--locked",
            "--no-verify",
            "--allow-dirty",
            "--target-dir",
            folder,
            *chosen,
        ],
        env={**environment(), "CARGO_TARGET_DIR": str(folder)},
    )
    (OUT / "crates").mkdir()
    for name in names:
        made = OUT / "crates" / f"{name}-{version()}.crate"
        shutil.copyfile(folder / "package" / made.name, made)
        job.bill(made, f"pkg:cargo/{name}@{version()}", name)


MAKERS: dict[str, Callable[[Job], None]] = {
    "python": python,
    "npm": npm,
    "php": php,
    "perl": perl,
    "powershell": powershell,
    "c": c,
    "command": command,
    "crates": crates,
}


# The crate that is built for a package before. Python's wheel is built by maturin.
NATIVE = {
    "npm": "pinterest-oauth-node",
    "php": "pinterest-oauth-ffi",
    "perl": "pinterest-oauth-ffi",
    "powershell": "pinterest-oauth-ffi",
    "c": "pinterest-oauth-ffi",
    "command": "pinterest-oauth-cli",
}


def programs(platform: Platform) -> dict[str, str]:
    """The versions of what built all this."""
    foreign: list[str | Path] = (
        [] if platform.is_here() else [ROOT / ".ci" / "dist" / "foreign.sh", platform.debian]
    )
    found = {name: output([name, "--version"]).splitlines()[0] for name in ("node", "npm", "mcs")}
    found |= {name: output([*foreign, name, "--version"]).strip() for name in ("rustc", "cargo")}
    pinned = (ROOT / ".ci" / "dist" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return found | dict(
        line.split()[0].split("==") for line in pinned if "==" in line and not line.startswith("#")
    )
