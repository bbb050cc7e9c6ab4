"""Small PDF files made by hand: Chinese text through a ToUnicode map, pictures, a password, drawn tables."""

from __future__ import annotations

_CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> "
    "endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def _stream(content: bytes, entries: str = "") -> bytes:
    return f"<</Length {len(content)}{entries}>>stream\n".encode() + content + b"\nendstream"


def pdf(*pages: list[str], picture: bool = False, password: bool = False, info: dict[str, str] | None = None) -> bytes:
    """A PDF with the given lines on its pages; a page without lines shows a picture if ``picture``."""
    contents = []
    for lines in pages:
        drawn = "".join(text(50, 780 - 20 * i, line) for i, line in enumerate(lines))
        contents.append("q 500 0 0 700 50 50 cm /I Do Q" if picture and not lines else drawn)
    return drawn_pdf(*contents, password=password, info=info)


def text(x: float, y: float, content: str, size: float = 12) -> str:
    """Drawing code for a line of text that begins at a point; every character is as wide as the font is high.

    A single character gets a blank behind it: the font is not embedded, and pdfium drops a text object without any ink."""
    content += " " if len(content) == 1 else ""
    return f"BT /F {size} Tf {x:.2f} {y:.2f} Td <{content.encode('utf-16-be').hex()}> Tj ET\n"


def drawn_pdf(*pages: str, rotate: int = 0, size: tuple[int, int] = (600, 800), password: bool = False, info: dict[str, str] | None = None) -> bytes:
    """A PDF of pages given as drawing code."""
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
    for drawn in pages:
        objects.append(_stream(drawn.encode()))
        content = len(objects)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Rotate {rotate}/Contents {content} 0 R/Resources<</Font<</F {font} 0 R>>/XObject<</I {image} 0 R>>>>>>".encode()
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


Merged = tuple[int, int, int, int, str]  # row, column, rows, columns, text


def table(
    xs: list[float], ys: list[float], cells: list[Merged], *, borders: str = "strokes", size: float = 9, put: str = "left"
) -> str:
    """Drawing code for a table: edges of columns from the left, of rows from the top (page coordinates, so falling). ``borders``: ``strokes``
    (one for each side of each cell), ``boxes`` (a stroked rectangle a cell), ``rectangles`` (thin filled ones), ``pieces`` (with corner
    squares, as Word draws them), ``white``. A text is broken into lines where it is too long, keeping 5 points from the border."""
    code = []
    for row, column, rows, columns, content in cells:
        left, right, top, bottom = xs[column], xs[column + columns], ys[row], ys[row + rows]
        width, height = right - left, top - bottom
        if borders in ("strokes", "white"):
            colour = "1 G" if borders == "white" else "0 G"
            code.append(f"{colour} 0.5 w {left} {top} m {right} {top} l S {left} {bottom} m {right} {bottom} l S")
            code.append(f"{left} {top} m {left} {bottom} l S {right} {top} m {right} {bottom} l S 0 G")
        elif borders == "boxes":
            code.append(f"0.5 w {left} {bottom} {width} {height} re S")
        else:
            inset = 0.5 if borders == "pieces" else 0
            for y in (top, bottom):
                code.append(f"{left + inset} {y - 0.25} {width - 2 * inset} 0.5 re f")
            for x in (left, right):
                code.append(f"{x - 0.25} {bottom + inset} 0.5 {height - 2 * inset} re f")
            if borders == "pieces":
                code += [f"{x - 0.25} {y - 0.25} 0.5 0.5 re f" for x in (left, right) for y in (top, bottom)]
        room = max(int((width - 10.8) // size), 1)
        lines = [line[at : at + room] for line in content.split("\n") for at in range(0, len(line), room)]
        for number, line in enumerate(lines):
            spare = width - len(line) * size
            start = left + 5.4 if put == "left" else left + spare / 2 if put == "centre" else right - 5.4 - len(line) * size
            code.append(text(start, top - (number + 1) * (size + 1) - 1, line, size))
    return "\n".join(code) + "\n"
