"""Workbooks that ask for too much are found in a process of their own."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from colloquia.engines.intake.probe import TOO_MUCH, too_much

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FAR = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
    '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
)
NEAR = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
_LEVELS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
BILLION = f'<!DOCTYPE x [<!ENTITY e0 "ha">{_LEVELS}]>'


def workbook(rows: str, doctype: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
        f'Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" '
        f'Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{doctype}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0"?>{content}')
    return buffer.getvalue()


def spread_workbook() -> bytes:
    """Two cells at the two ends of a sheet, for which a reader asks for gigabytes."""
    return workbook(FAR)


def test_the_guilty_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.xlsx" for name in ("good", "far", "laughs", "none", "last")]
    contents = [
        workbook(NEAR),
        spread_workbook(),
        workbook("<row r='1'><c r='A1'><v>&e8;</v></c></row>", BILLION),
    ]
    for path, content in zip(paths, [*contents, b"PK\x03\x04 no workbook", workbook(NEAR)], strict=True):
        path.write_bytes(content)
    refused = too_much(paths)
    assert refused == {paths[1]: TOO_MUCH}
