"""The scripts, without PowerShell: their syntax, and that all their parts name the same things."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from harness.environment import users
from harness.failure import Failed, demand
from harness.places import ROOT, TARGET, TESTS
from harness.program import succeed
from harness.session import Session
from printed.block import blocks

from .session import BINDING, BUILD_LIMIT, EXAMPLE, SCRIPTS, SEED

FOLDER = BINDING / "module"
PARSER = TARGET / "powershell-parser"
PARSER_PACKAGES = ["tree-sitter==0.26.1", "tree-sitter-powershell==0.26.4"]


def files() -> list[Path]:
    """Every script of ours."""
    found = [*FOLDER.glob("*.ps*1"), *SCRIPTS.rglob("*.ps1"), EXAMPLE]
    found += [*(TESTS / "conformance").rglob("*.ps1"), *(TESTS / "bench").rglob("*.ps1")]
    return [file for file in found if file.suffix in (".ps1", ".psm1", ".psd1")]


def parse(text: str) -> Any:
    """The syntax tree of a script."""
    if not PARSER.is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        succeed([*pip, "--target", PARSER, *PARSER_PACKAGES], env=users(), limit=BUILD_LIMIT)
    if str(PARSER) not in sys.path:
        sys.path.insert(0, str(PARSER))
    tree_sitter = importlib.import_module("tree_sitter")
    grammar = importlib.import_module("tree_sitter_powershell")

    parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
    return parser.parse(text.encode()).root_node


def nodes(root: Any) -> Iterator[Any]:
    """A node and all below it."""
    yield root
    for child in root.children:
        yield from nodes(child)


def faults(text: str) -> list[int]:
    """The lines with a fault of syntax."""
    return [node.start_point[0] + 1 for node in nodes(parse(text)) if node.is_error or node.is_missing]


def check_syntax(_: Session) -> None:
    """the scripts parse, and the module's use nothing that Windows PowerShell 5.1 lacks"""
    if not faults("if (1 { }") or faults("if (1) { }"):
        raise Failed("the parser finds no fault where there is one, or one where there is none")
    for file in files():
        text = file.read_text(encoding="utf-8")
        if lines := faults(text):
            raise Failed(f"{file}: a fault in line {lines[0]}")
        if file.parent == FOLDER and (new := re.search(r"\?\?|\?\.|&&|\|\||-Parallel|\)\s\?\s", text)):
            raise Failed(f"{file}: {new[0]} is newer than Windows PowerShell 5.1")
        if not text.isascii():
            raise Failed(f"{file}: Windows PowerShell 5.1 reads what is beyond ASCII otherwise")


def check_xml(_: Session) -> None:
    """the files of types and formats are well-formed, and describe classes of the assembly"""
    sources = "".join(file.read_text(encoding="utf-8") for file in (BINDING / "src").glob("*.cs"))
    for file in FOLDER.glob("*.ps1xml"):
        try:
            tree = ElementTree.parse(file)
        except ElementTree.ParseError as problem:
            raise Failed(f"{file}: {problem}") from None
        paths = (".//TypeName", "./Type/Name")
        for name in (node.text or "" for path in paths for node in tree.iterfind(path)):
            if f"public sealed class {name.removeprefix('Pinterest.OAuth.')}" not in sources:
                raise Failed(f"{file}: there is no class {name}")


def functions(file: Path) -> dict[str, str]:
    """The functions of a script, each with its text."""
    parts = re.split(r"^function ([\w-]+) \{$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def public() -> dict[str, str]:
    """The functions that are exported: all but those of the root module."""
    return {name: text for file in sorted(FOLDER.glob("*.ps1")) for name, text in functions(file).items()}


def check_manifest(_: Session) -> None:
    """the manifest names the files, the functions and the version; every function has its help"""
    text = (FOLDER / "Pinterest.OAuth.psd1").read_text(encoding="utf-8")
    for name in re.findall(r"'([\w.]+\.(?:psm1|ps1xml))'", text):
        if not (FOLDER / name).is_file():
            raise Failed(f"there is no {name}")
    exported = re.findall(r"'(\w+-\w+)'", text)
    if exported != sorted(public()):
        raise Failed(f"exported: {exported}; there: {sorted(public())}")
    cargo = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)
    if not cargo or f"'{cargo[1]}'" not in text:
        raise Failed("the version is not that of Cargo.toml")
    for name, body in public().items():
        parameters = re.findall(r"\[\w+\]\$(\w+)[,\n]", body)
        wanted = [".SYNOPSIS", ".EXAMPLE", ".OUTPUTS", *(f".PARAMETER {each}\n" for each in parameters)]
        if missing := [each.strip() for each in wanted if each not in body]:
            raise Failed(f"the help of {name} lacks {', '.join(missing)}")
        if len(re.findall(r"\.PARAMETER ", body)) != len(parameters):
            raise Failed(f"the help of {name} describes a parameter that is not there")


def check_examples(_: Session) -> None:
    """the blocks of the README and of the document parse"""
    for document in (BINDING / "README.md", SEED):
        found = blocks(document.read_text(encoding="utf-8"), "powershell")
        demand(found != [], f"{document} has no block")
        for block in found:
            if lines := faults(block):
                raise Failed(f"{document}: a fault in line {lines[0]} of a block")


def used_members() -> list[str]:
    """What the module's files use of the assembly, as `surface` prints it."""
    used: list[str] = []
    scripts = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("*.ps*1"))
    for name, member, arguments in re.findall(r"\[(Pinterest\.OAuth\.\w+)\]::(\w+)\(([^()]*)\)", scripts):
        used.append(f"{name} {member} {len([each for each in arguments.split(',') if each.strip()])}")
    for method in re.findall(r"Invoke-Client \$PSCmdlet '(\w+)'", scripts):
        used.append(f"Pinterest.OAuth.Client {method} 1")
    for member in re.findall(r"\$problem\.(Kind|Category|Details|WhatNow)\b", scripts):
        used.append(f"Pinterest.OAuth.OAuthException {member} property")
    for member, arguments in re.findall(r"\$script:Configuration\.(\w+)\(([^()]*)\)", scripts):
        used.append(f"Pinterest.OAuth.Configuration {member} {len(arguments.split(',')) if arguments else 0}")
    for setting in re.findall(r"\$script:Configuration\.(\w+) =", scripts):
        used.append(f"Pinterest.OAuth.Configuration {setting} property")
    types = ElementTree.parse(FOLDER / "Pinterest.OAuth.types.ps1xml")
    for kind in types.iterfind("./Type"):
        for path in (".//ReferencedMemberName", ".//ReferencedProperties/Name"):
            used += [f"{kind.findtext('Name')} {node.text} property" for node in kind.iterfind(path)]
    views = ElementTree.parse(FOLDER / "Pinterest.OAuth.format.ps1xml")
    for view in views.iterfind(".//View"):
        own = [node.text or "" for node in view.iterfind(".//PropertyName")]
        own += [
            name
            for node in view.iterfind(".//ScriptBlock")
            for name in re.findall(r"\$_\.(\w+)", node.text or "")
        ]
        used += [f"{view.findtext('.//TypeName')} {name} property" for name in own]
    return sorted(set(used))
