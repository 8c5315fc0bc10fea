"""The docstrings of `_native.pyi`, which editors show, are those of the module.

Run it to write them anew: python bindings/python/tests/stub.py
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Union

from pinterest_oauth import _native

if TYPE_CHECKING:
    from collections.abc import Iterator

    Declared = Union[ast.ClassDef, ast.FunctionDef]

STUB = Path(__file__).parents[1] / "python/pinterest_oauth/_native.pyi"


def documented(stub: str) -> str:
    """The stub, with the docstrings of the module in place of its own."""
    lines = stub.splitlines()
    for node, thing in reversed([*declared(ast.parse(stub), _native)]):
        head, first = node.lineno - 1, node.body[0]
        if ast.get_docstring(node) is not None:
            head = first.lineno - 2
            del lines[first.lineno - 1 : first.end_lineno]
        elif isinstance(node, ast.FunctionDef):
            head = first.lineno - 1
            lines[head] = lines[head].removesuffix(" ...")
        lines[head + 1 : head + 1] = quoted(inspect.getdoc(thing) or "", node.col_offset + 4)
    return "\n".join(lines) + "\n"


def declared(body: ast.Module | ast.ClassDef, owner: Any) -> Iterator[tuple[Declared, Any]]:
    """What the stub declares and users meet, in its order, with what it stands for."""
    for node in body.body:
        public = (ast.ClassDef,) if owner is _native else (ast.ClassDef, ast.FunctionDef)
        if isinstance(node, public) and not node.name.startswith("_"):
            thing = inspect.getattr_static(owner, node.name)
            yield node, thing.__func__ if isinstance(thing, staticmethod) else thing
            if isinstance(node, ast.ClassDef):
                yield from declared(node, thing)


def quoted(text: str, indent: int) -> list[str]:
    """A docstring in lines."""
    closing = "\n" if "\n" in text else ""
    return textwrap.indent(f'"""{text}{closing}"""', " " * indent).splitlines()


if __name__ == "__main__":
    STUB.write_text(documented(STUB.read_text(encoding="utf-8")), encoding="utf-8")
