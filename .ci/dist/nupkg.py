"""A .nupkg: a zip with a .nuspec and what the packaging conventions want beside it. No nuget is needed."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from archive import contents, write_zip
from places import AUTHORS, version

TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
{}
</Types>
"""
RELATIONS = """<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{name}.nuspec" Id="R1" />
  <Relationship Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/{core}" Id="R2" />
</Relationships>
"""
CORE = """<?xml version="1.0" encoding="utf-8"?>
<coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
  <dc:creator>{authors}</dc:creator><dc:description>{about}</dc:description><dc:identifier>{name}</dc:identifier>
  <version>{version}</version><keywords>{tags}</keywords>
</coreProperties>
"""
NUSPEC = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>{name}</id>
    <version>{version}</version>
    <authors>{authors}</authors>
    <description>{about}</description>
    <license type="expression">MIT OR Apache-2.0</license>
    <readme>README.md</readme>
    <tags>{tags}</tags>{more}
  </metadata>
</package>
"""


def write(folder: Path, to: Path, name: str, about: str, tags: str, more: str = "") -> None:
    """A folder as a package; `more` is XML for its metadata."""
    core = "package/services/metadata/core-properties/pinterest-oauth.psmdcp"
    words = {
        "name": name,
        "version": version(),
        "authors": escape(AUTHORS),
        "about": escape(about),
        "tags": escape(tags),
        "core": core,
        "more": more,
    }
    files = contents(folder)
    known = sorted({path.rsplit(".", 1)[-1] for path in files if "." in path.rsplit("/", 1)[-1]} | {"nuspec"})
    defaults = [f'  <Default Extension="{each}" ContentType="application/octet" />' for each in known]
    defaults += [
        '  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />',
        '  <Default Extension="psmdcp" ContentType="application/vnd.openxmlformats-package.core-properties+xml" />',
    ]
    plain = [path for path in files if "." not in path.rsplit("/", 1)[-1]]
    defaults += [f'  <Override PartName="/{path}" ContentType="application/octet" />' for path in plain]
    made = {
        "[Content_Types].xml": TYPES.format("\n".join(defaults)),
        "_rels/.rels": RELATIONS.format(**words),
        f"{name}.nuspec": NUSPEC.format(**words),
        core: CORE.format(**words),
    }
    packed = {path: (text.encode(), 0o644) for path, text in made.items()}
    write_zip(packed | files, to)
