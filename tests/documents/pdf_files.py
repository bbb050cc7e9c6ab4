"""Small PDF files made by hand: Chinese text through a ToUnicode map, pictures, a password."""

from __future__ import annotations

_CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> "
    "endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(content)}{entries}>>stream\n".encode() + content + b"\nendstream"


def pdf(*pages: list[str], picture: bool = False, password: bool = False, info: dict[str, str] | None = None) -> bytes:
    """A PDF with the given lines on its pages; a page without lines shows a picture if ``picture``."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    font, image = 3, 7
    objects += [
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent 0/CapHeight 700/StemV 80>>",
        _stream(_CMAP.encode()),
        _stream(b"\x00\x00\x00", "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB"),
    ]
    kids = []
    for lines in pages:
        drawn = "".join(f"BT /F 12 Tf 50 {780 - 20 * i} Td <{line.encode('utf-16-be').hex()}> Tj ET\n" for i, line in enumerate(lines))
        if picture and not lines:
            drawn = "q 500 0 0 700 50 50 cm /I Do Q"
        objects.append(_stream(drawn.encode()))
        content = len(objects)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {content} 0 R/Resources<</Font<</F {font} 0 R>>/XObject<</I {image} 0 R>>>>>>".encode()
        )
        kids.append(len(objects))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    trailer = ""
    if password:
        objects.append(f"<</Filter/Standard/V 1/R 2/O<{'5a' * 32}>/U<{'a5' * 32}>/P -4>>".encode())
        trailer += f"/Encrypt {len(objects)} 0 R/ID[<00><00>]"
    if info:
        entries = "".join(f"/{key}<feff{value.encode('utf-16-be').hex()}>" for key, value in info.items())
        objects.append(f"<<{entries}>>".encode())
        trailer += f"/Info {len(objects)} 0 R"
    file = b"%PDF-1.7\n"
    offsets = []
    for number, content_bytes in enumerate(objects, 1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n".encode() + content_bytes + b"\nendobj\n"
    start = len(file)
    file += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(f"{at:010d} 00000 n \n".encode() for at in offsets)
    return file + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
