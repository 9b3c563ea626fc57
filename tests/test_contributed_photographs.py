"""Photographs within documents: every point of them is kept, and nothing of where and with what they were taken."""

from __future__ import annotations

import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, NumberObject, StreamObject

from data_access.contributions.cleaning import NO_PAGES, PDF, cleaned
from data_access.contributions.jpegs import bare


def photograph(mode: str = "RGB", **more: object) -> bytes:
    """With Exif, a comment, XMP, and a second picture behind its end, as telephones write them."""
    made, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera of a person"
    drawn = Image.radial_gradient("L").convert(mode)
    drawn.save(made, "JPEG", exif=exif, comment=b"Taken by a person", xmp=b"<x>of a person</x>", **more)
    return made.getvalue() + b"\xff\xd8 preview of a person"


def document(content: bytes, filters: list[str], parameters: int = 0) -> bytes:
    """A page that draws one picture."""
    made, held, picture = PdfWriter(), BytesIO(), StreamObject()
    page = made.add_blank_page(256, 256)
    picture._data = content
    names_ = {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB"}
    sizes = {"/Width": 256, "/Height": 256, "/BitsPerComponent": 8}
    picture.update({NameObject(key): NameObject(value) for key, value in names_.items()})
    picture.update({NameObject(key): NumberObject(value) for key, value in sizes.items()})
    names = [NameObject(one) for one in filters]
    picture[NameObject("/Filter")] = names[0] if len(names) == 1 else ArrayObject(names)
    if parameters:
        picture[NameObject("/DecodeParms")] = ArrayObject([NullObject()] * parameters)
    pictures = DictionaryObject({NameObject("/P"): made._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})
    made.write(held)
    return held.getvalue()


@pytest.mark.parametrize("filters", [["/DCTDecode"], ["/FlateDecode", "/DCTDecode"]])
def test_photographs_of_a_pdf_say_nothing_of_who_took_them(filters: list[str]) -> None:
    taken = photograph()
    given = document(taken if len(filters) == 1 else zlib.compress(taken), filters, len(filters) - 1)
    kind, clean, wrong = cleaned(given)
    assert (kind, wrong) == (PDF, "")
    [picture] = PdfReader(BytesIO(clean)).pages[0].images
    raw = picture.indirect_reference.get_object()._data
    assert b"person" not in clean + raw and raw.startswith(b"\xff\xd8\xff") and raw.endswith(b"\xff\xd9")
    assert points(raw) == points(taken)


@pytest.mark.parametrize(
    ("mode", "more"),
    [("RGB", {}), ("L", {}), ("CMYK", {}), ("RGB", {"progressive": True}), ("RGB", {"restart_marker_rows": 1})],
)
def test_every_point_of_a_photograph_stays(mode: str, more: dict[str, object]) -> None:
    taken = photograph(mode, quality=95, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
                       **more)  # fmt: skip
    clean = bare(taken)
    assert b"person" in taken and b"person" not in clean and points(clean) == points(taken)
    assert bare(clean) == clean and Image.open(BytesIO(clean)).info["icc_profile"]


def points(content: bytes) -> tuple[str, bytes]:
    with Image.open(BytesIO(content)) as found:
        return found.mode, found.tobytes()


@pytest.mark.parametrize("odd", [b"", b"person", b"\xff\xd8person", b"\xff\xd8\xff\xe1\x00\x01person"])
def test_what_is_no_photograph_where_one_is_said_to_be_is_refused(odd: bytes) -> None:
    assert cleaned(document(odd, ["/DCTDecode"])) == ("", b"", NO_PAGES)


def test_one_that_breaks_off_keeps_what_there_is() -> None:
    taken = photograph()
    for end in range(2, len(taken) // 2, 97):
        clean = bare(taken[:end])
        assert b"Camera" not in clean and clean.startswith(b"\xff\xd8")
