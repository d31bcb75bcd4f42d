"""Word documents made by hand, so that a test says exactly what stands in them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = f"""<w:styles {NAMESPACE}>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Onlined"><w:name w:val="onlined"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {NAMESPACE}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%1)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def paragraph(
    text: str = "", *, style: str = "", number: int = 0, level: int = 0, runs: str = "", marks: str = ""
) -> str:
    """One paragraph; ``runs`` is XML in place of the text, ``marks`` more of its properties."""
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{listed}{marks}</w:pPr>{runs or run(text)}</w:p>"


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def write(path: Path, *body: str, numbering: str = NUMBERING, parts: dict[str, str] | None = None) -> Path:
    """A document with these paragraphs; ``parts`` are further parts of the package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml", f"<w:document {NAMESPACE}><w:body>{''.join(body)}</w:body></w:document>"
        )
        archive.writestr("word/styles.xml", STYLES)
        if numbering:
            archive.writestr("word/numbering.xml", numbering)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return path


def official(path: Path) -> Path:
    """A paper in the manner of an official one: automatic numbers, restarted lists, typed symbols."""
    return write(
        path,
        paragraph("EX/AI/2/1 REV."),
        paragraph("Revised Paper on Machines", style="Title"),
        paragraph("Background without any question.", number=1),
        paragraph("Patents", style="Heading1"),
        paragraph("Issue 2: Inventorship and Ownership", style="Heading2"),
        paragraph("Machines take part in inventing.", number=1),
        paragraph("Should the law permit or require a machine to be named as the inventor?", number=2),
        paragraph("Should a human being be required as the inventor?", number=2),
        paragraph("Issue 8: Infringement and Exceptions", style="Heading2"),
        paragraph("Works are used to train machines:", number=1),
        paragraph(
            "Should the unauthorised use of works for machine learning be an infringement of copyright?",
            number=3,
        ),
        paragraph("Should an exception be made for research?", number=3),
        paragraph("Which of these should be considered?", number=1),
        paragraph("licences;", number=1, level=1),
        paragraph("levies.", number=1, level=1),
    )
