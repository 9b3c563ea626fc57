"""Files of evidence: cleaned in a child of narrow means, kept under names of their own, given out as attachments."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from data_access.contributions import cleaning
from data_access.contributions.evidence import FOLDER, MOST, called, content, disposition, forget, take_in
from data_access.registry.writing import Refused


def document(*, password: str = "") -> bytes:
    """A PDF that tells who wrote it, runs something, carries a file along, and leads to an address."""
    made, held = PdfWriter(), BytesIO()
    made.add_blank_page(200, 200)
    made.add_metadata({"/Author": "Anna of the ministry", "/Producer": "A program of Anna"})
    made.add_attachment("private.txt", b"Anna's file")
    runs = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("Anna()")}
    )
    made.root_object[NameObject("/OpenAction")] = runs
    made.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org/report"))
    made.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): runs})
    made.pages[0]["/Annots"].append(
        DictionaryObject({NameObject("/A"): runs, NameObject("/T"): TextStringObject("Anna")})
    )
    if password:
        made.encrypt(password)
    made.write(held)
    return held.getvalue()


PDF = cleaning.cleaned(document())[1]


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that tells where it was taken."""
    made, held = Image.new("RGB", size, (18, 60, 102)), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera of a person"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)  # GPS
    made.save(held, kind, exif=exif, **({"comment": b"Taken by a person"} if kind == "JPEG" else {}))
    return held.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_says_no_more_where_it_was_taken(tmp_path: Path, kind: str) -> None:
    given = picture(kind)
    assert b"Camera of a person" in given
    kept = take_in(tmp_path, given, "clinic in Bamako.jpeg")
    clean = content(tmp_path, kept)
    assert b"person" not in clean and not Image.open(BytesIO(clean)).getexif()
    assert Image.open(BytesIO(clean)).size == (40, 30) and kept.kind == f"image/{kind.lower()}"
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [kept.id]
    assert oct((tmp_path / FOLDER / kept.id).stat().st_mode)[-3:] == "600"
    forget(tmp_path, kept)
    with pytest.raises(Refused, match="not kept here"):
        content(tmp_path, kept)


def bomb() -> bytes:
    """A small file that unpacks to a picture of a thousand million points."""

    def chunk(kind: bytes, told: bytes) -> bytes:
        return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))

    head = struct.pack(">IIBBBBB", 32_000, 32_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "choose a file"),
        (b"x" * (MOST + 1), "at most 8 MB"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "no PDF, PNG or JPEG"),
        (b"\n\n<!DOCTYPE html><script>1</script>", "no PDF, PNG or JPEG"),
        (b"MZ\x90\x00" + bytes(range(256)), "no PDF, PNG or JPEG"),
        (b"PK\x03\x04" + bytes(200), "no PDF, PNG or JPEG"),
        (b"\x89PNG\r\n\x1a\n broken", "cannot be read"),
        (b"\xff\xd8\xff broken", "cannot be read"),
        (bomb(), "million points"),
        (b"%PDF-1.7\n broken", "This PDF cannot be read"),
        (document(password="plum"), "asks for a password"),
    ],
    ids=["empty", "large", "svg", "html", "program", "archive", "png", "jpeg", "bomb", "pdf", "sealed"],
)
def test_what_is_no_evidence_is_refused_and_leaves_nothing(tmp_path: Path, given: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        take_in(tmp_path, given, "evidence.png")
    assert not (tmp_path / FOLDER).exists() or not list((tmp_path / FOLDER).iterdir())


def test_a_pdf_keeps_its_pages_and_tells_nothing_else(tmp_path: Path) -> None:
    given = document()
    assert b"Anna" in given
    kept = take_in(tmp_path, given, "Report.pdf")
    clean = content(tmp_path, kept)
    assert kept.kind == cleaning.PDF and len(PdfReader(BytesIO(clean)).pages) == 1
    assert b"Anna" not in clean and b"JavaScript" not in clean and b"example" in clean  # a link is part of a page


def test_what_is_taken_out_of_a_pdf_is_nowhere_in_the_file(tmp_path: Path) -> None:
    made, held = PdfWriter(), BytesIO()
    page, said = made.add_blank_page(200, 200), DecodedStreamObject()
    said.set_data(b"Anna was here")
    page[NameObject("/Metadata")] = made._add_object(said)
    page[NameObject("/PieceInfo")] = made._add_object(DictionaryObject({NameObject("/Own"): made._add_object(said)}))
    made.write(held)
    assert b"Anna" in held.getvalue()
    assert b"Anna" not in content(tmp_path, take_in(tmp_path, held.getvalue(), "Report.pdf"))


def test_a_clean_pdf_and_a_table_are_kept_as_they_are(tmp_path: Path) -> None:
    for given, kind in ((PDF, cleaning.PDF), ("Année;Montant\n2011;5\n".encode(), cleaning.CSV)):
        kept = take_in(tmp_path, given, "Rapport 2013.PDF")
        assert kept.kind == kind and content(tmp_path, kept) == given
        (tmp_path / FOLDER / kept.id).write_bytes(b"other")
        with pytest.raises(Refused, match="not as it was written"):
            content(tmp_path, kept)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../x", "x.pdf"),
        ("a\0.png", "a.pdf"),
        ("CON", "CON.pdf"),
        ("\u202egnp.exe", "gnp.pdf"),
        ("", "evidence.pdf"),
        ('x"; filename="y.html', "x-filename-y.pdf"),
        ("C:\\temp\\report.docx", "report.pdf"),
        ("Jahresbericht Übersicht.pdf", "Jahresbericht-Übersicht.pdf"),
    ],
)
def test_a_file_is_called_by_letters_alone(given: str, name: str) -> None:
    assert called(given, cleaning.PDF) == name


def test_a_file_keeps_its_umlauts_and_its_ending_and_headers_stay_ascii() -> None:
    assert [called(f"Über.{end}", cleaning.CSV) for end in ("TXT", "csv", "html")] == [
        "Über.txt",
        "Über.csv",
        "Über.csv",
    ]
    named = disposition(called('Übersicht "2015";\r\nX: y.txt', cleaning.CSV))
    assert named == """attachment; filename="Ubersicht-2015-X-y.txt"; filename*=UTF-8''%C3%9Cbersicht-2015-X-y.txt"""
    assert disposition("报告.pdf") == """attachment; filename="evidence.pdf"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf"""
    assert disposition("a.pdf") == 'attachment; filename="a.pdf"'
