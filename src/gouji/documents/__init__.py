"""Files in: bytes of txt, docx, html, pdf and workbooks become one neutral block list with places over one canonical text.

Tables of all formats are given as grids by :func:`tables_of`.

>>> read_document("第一部分 部门概况\\n一、部门职责".encode(), name="示例.txt").blocks[1].line
2
"""

from gouji.documents.blocks import Block, BlockKind, Document, UnreadableError
from gouji.documents.limits import Limits
from gouji.documents.reading import read_document, word_positions
from gouji.documents.recognise import recognise
from gouji.documents.tables import Table, TableCell, tables_of
from gouji.documents.word_positions import ParagraphSpan, Piece, RunSpan, WordMap

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Limits",
    "ParagraphSpan",
    "Piece",
    "RunSpan",
    "Table",
    "TableCell",
    "UnreadableError",
    "WordMap",
    "read_document",
    "recognise",
    "tables_of",
    "word_positions",
]
