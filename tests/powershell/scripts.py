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

from .session import BINDING, BUILD_LIMIT, EXAMPLE, MODULE, SCRIPTS, SEED, versioned

FOLDER = BINDING / "module"
COMMANDS = BINDING / "src" / "cmdlets"
ROWS = TESTS / "real-life.tsv"
MAML = {
    "maml": "http://schemas.microsoft.com/maml/2004/10",
    "command": "http://schemas.microsoft.com/maml/dev/command/2004/10",
    "dev": "http://schemas.microsoft.com/maml/dev/2004/10",
}
PARSER = TARGET / "powershell-parser"
PARSER_PACKAGES = ["tree-sitter==0.26.1", "tree-sitter-powershell==0.26.4"]


def files() -> list[Path]:
    """Every script of ours."""
    found = [*FOLDER.glob("*.ps*1"), *SCRIPTS.rglob("*.ps1"), *EXAMPLE.parent.glob("*.ps1")]
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
    """views and types are well-formed; what is shown and what is serialized is there, and not secret"""
    sources = "".join(file.read_text(encoding="utf-8") for file in (BINDING / "src").glob("*.cs"))
    try:
        tree = ElementTree.parse(FOLDER / "Pinterest.OAuth.format.ps1xml")
        types = ElementTree.parse(FOLDER / "Pinterest.OAuth.types.ps1xml")
    except ElementTree.ParseError as problem:
        raise Failed(str(problem)) from None
    names = [node.text or "" for node in tree.iterfind(".//TypeName")]
    shown = [node.text or "" for node in tree.iterfind(".//PropertyName")]
    asked = [
        name
        for node in tree.iterfind(".//ScriptBlock")
        for name in re.findall(r"\$_\.(\w+)", node.text or "")
    ]
    demand(names != [] and len(shown) > 3, "nothing is shown")
    notes = [node.text for node in types.iterfind(".//NoteProperty/*")]
    demand(notes == ["SerializationMethod", "SpecificProperties"], "all properties of a token are serialized")
    sets = {
        node.findtext("Name"): [name.text or "" for name in node.iterfind("ReferencedProperties/Name")]
        for node in types.iterfind(".//PropertySet")
    }
    demand("SecureDocument" in sets["PropertySerializationSet"], "a token that was serialized is lost")
    names += [node.text or "" for node in types.iterfind("./Type/Name")]
    shown += [name for each in sets.values() for name in each]
    for name in names:
        demand(
            f"public sealed class {name.removeprefix('Pinterest.OAuth.')}" in sources,
            f"there is no class {name}",
        )
    for name in [*shown, *asked]:
        demand(f" {name} {{ get" in sources, f"there is no property {name}")
    for name in shown:
        demand(not re.search(rf"\[Hidden\]\s+public \S+ {name}\b", sources), f"{name} is secret")


def commands() -> list[str]:
    """The commands of the assembly, by their names."""
    found = [
        re.findall(r'\[Cmdlet\("(\w+)", "(\w+)"', file.read_text(encoding="utf-8"))
        for file in COMMANDS.glob("*.cs")
    ]
    return sorted(f"{verb}-{noun}" for pairs in found for verb, noun in pairs)


def check_manifest(_: Session) -> None:
    """the manifest names the files, the commands and the version, and says where to look"""
    text = (FOLDER / "Pinterest.OAuth.psd1").read_text(encoding="utf-8")
    for name in re.findall(r"'([\w.]+\.(?:psm1|ps1xml))'", text):
        demand((FOLDER / name).is_file(), f"there is no {name}")
    exported = re.findall(r"'(\w+-\w+)'", text)
    demand(exported == commands(), f"exported: {exported}; there: {commands()}")
    others = {"Get-Configuration", "Set-Configuration", "Invoke-OauthToken"}
    demand(
        all("-Pinterest" in name for name in {*exported} - others), "a command is not found by *Pinterest*"
    )
    cargo = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.MULTILINE)
    demand(bool(cargo and f"'{cargo[1]}'" in text), "the version is not that of Cargo.toml")
    for word in ("ProjectUri", "LicenseUri", "Tags", "PSEdition_Core", "PSEdition_Desktop"):
        demand(word in text, f"the manifest lacks {word}")


def check_help(_: Session) -> None:
    """every command has its help, as build.sh writes it: texts, examples, inputs, defaults, links; and there is an about"""
    module = versioned(MODULE)
    tree = ElementTree.parse(module / "en-US" / "Pinterest.OAuth.dll-Help.xml")
    found = {}
    for command in tree.iterfind(".//command:command", MAML):
        name = command.findtext("command:details/command:name", "", MAML)
        found[name] = command
        for path in (
            "command:details/maml:description/maml:para",
            "maml:description/maml:para",
            "command:syntax/command:syntaxItem/maml:name",
            "command:inputTypes/command:inputType/dev:type/maml:name",
            "command:returnValues/command:returnValue/dev:type/maml:name",
            "command:examples/command:example/dev:code",
            "command:relatedLinks/maml:navigationLink/maml:uri",
        ):
            demand(bool(command.findtext(path, "", MAML).strip()), f"the help of {name} lacks {path}")
        for parameter in command.iterfind("command:parameters/command:parameter", MAML):
            of = f"{name} -{parameter.findtext('maml:name', '', MAML)}"
            demand(bool(parameter.findtext("maml:description/maml:para", "", MAML)), f"{of} has no text")
            demand(bool(parameter.findtext("dev:defaultValue", "", MAML)), f"{of} has no default")
        for code in command.iterfind("command:examples/command:example/dev:code", MAML):
            demand(not faults(code.text or ""), f"an example of {name} does not parse: {code.text}")
    demand(sorted(found) == commands(), f"help: {sorted(found)}; there: {commands()}")
    syntax = found["Invoke-OauthToken"].findall("command:syntax/command:syntaxItem", MAML)
    demand(len(syntax) == 5, "the help of Invoke-OauthToken has no line for each grant")
    about = (module / "en-US" / "about_Pinterest.OAuth.help.txt").read_text(encoding="utf-8")
    demand(all(name in about for name in commands()), "about_Pinterest.OAuth does not name every command")


def check_examples(_: Session) -> None:
    """the blocks of the README and of the document parse"""
    for document in (BINDING / "README.md", SEED):
        found = blocks(document.read_text(encoding="utf-8"), "powershell")
        demand(found != [], f"{document} has no block")
        for block in found:
            if lines := faults(block):
                raise Failed(f"{document}: a fault in line {lines[0]} of a block")


def check_rows(_: Session) -> None:
    """each row of real-life.tsv for issue 12 names a sentence that is there"""
    rows = [
        line.split("\t") for line in ROWS.read_text(encoding="utf-8").splitlines() if line.startswith("12.")
    ]
    for entry, test, _where in rows:
        file, sentence = test.split("::")
        there = (ROOT / file).read_text(encoding="utf-8")
        demand(sentence in there or sentence.replace(" ", "_") in there, f"{entry}: {file} has no {sentence}")
    demand(len(rows) >= 36, f"{len(rows)} rows")
