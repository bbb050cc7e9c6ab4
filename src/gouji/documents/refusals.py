"""Why a file is not read, and what its owner can do about it: the sentences, by what the file is.

Readers raise :class:`Refusal`; :func:`gouji.documents.read_document` adds the file's name and raises ``UnreadableError``.
"""

from __future__ import annotations


class Refusal(Exception):
    """A reason and a remedy in Chinese, without the file's name. The reason has no full stop, the remedy ends with one."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}。{remedy}")
        self.reason, self.remedy = reason, remedy


_AS_DOCX = "请在 Word 或 WPS 中打开，另存为 .docx 后再试。"
_UNPACK = "请先解压，再对解压出来的文件运行；也可以直接给出解压后的文件夹。"
_ORIGINAL = "请使用 Word 原稿（.docx）或由 Word、WPS 直接导出的文字版 PDF。"
_ASK_AGAIN = "请重新下载或向提供文件的人再要一份；如能用 Word 或 WPS 打开，另存一次后再试。"

#: What a recognised but unread format is called, and the remedy.
REASONS: dict[str, tuple[str, str]] = {
    "empty": ("文件是空的，一个字节也没有", "可能是下载或复制中断，请重新取得这个文件。"),
    "blank": ("文件里没有文字", "请确认选对了文件。"),
    "xlsb": ("这是二进制工作簿（.xlsb），本版本还不读取", "请在 Excel 或 WPS 中打开，另存为 .xlsx 后再试。"),
    "pptx": ("这是演示文稿，不是决算公开文本", "请使用 .docx、.txt、.html 或文字版 PDF。"),
    "ppt": ("这是旧格式的演示文稿，不是决算公开文本", "请使用 .docx、.txt、.html 或文字版 PDF。"),
    "doc": ("这是旧格式的 Word 文档（.doc）或 WPS 文字文档（.wps），本版本还不读取", _AS_DOCX),
    "cfb": ("这是旧式的复合文档，认不出是哪一种办公文件", _AS_DOCX),
    "encrypted": ("文件设有打开密码", "请在 Word、Excel 或 WPS 中输入密码打开，在“文件—信息—保护”里去掉密码，保存后再试。"),
    "ofd": ("这是 OFD 版式文件，本版本还不读取", "请用 OFD 阅读器导出为文字版 PDF 或文本，或使用 Word 原稿（.docx）。"),
    "odt": ("这是 OpenDocument 文档，本版本还不读取", "请在 LibreOffice、Word 或 WPS 中另存为 .docx 后再试。"),
    "epub": ("这是电子书（EPUB），不是决算公开文本", "请使用 .docx、.txt、.html 或文字版 PDF。"),
    "zip": ("这是压缩包", _UNPACK),
    "rar": ("这是 RAR 压缩包", _UNPACK),
    "7z": ("这是 7z 压缩包", _UNPACK),
    "gz": ("这是 gzip 压缩文件", _UNPACK),
    "bz2": ("这是 bzip2 压缩文件", _UNPACK),
    "xz": ("这是 xz 压缩文件", _UNPACK),
    "zst": ("这是 zstd 压缩文件", _UNPACK),
    "tar": ("这是 tar 归档", _UNPACK),
    "cab": ("这是 CAB 压缩包", _UNPACK),
    "png": ("这是图片（PNG），不含文字层，本版本不做文字识别", _ORIGINAL),
    "jpeg": ("这是图片（JPEG），不含文字层，本版本不做文字识别", _ORIGINAL),
    "gif": ("这是图片（GIF），不含文字层，本版本不做文字识别", _ORIGINAL),
    "bmp": ("这是图片（BMP），不含文字层，本版本不做文字识别", _ORIGINAL),
    "tiff": ("这是图片（TIFF），多半是扫描件，本版本不做文字识别", _ORIGINAL),
    "webp": ("这是图片（WebP），不含文字层，本版本不做文字识别", _ORIGINAL),
    "heic": ("这是手机照片（HEIC），不含文字层，本版本不做文字识别", _ORIGINAL),
    "rtf": ("这是 RTF 文档，本版本还不读取", _AS_DOCX),
    "word-xml": ("这是 Word 的 XML 文档（.xml），本版本还不读取", _AS_DOCX),
    "mht": ("这是单个文件的网页存档（.mht）", "请在浏览器里另存为“网页，仅 HTML”，或在 Word 中打开后另存为 .docx 再试。"),
    "caj": ("这是 CAJ 文件，本版本还不读取", "请用 CAJViewer 导出为文字版 PDF 后再试。"),
    "xml": ("这是 XML 数据，不是公开文本", "请使用 .docx、.txt、.html 或文字版 PDF。"),
    "program": ("这是可执行程序，不是文档", "请确认选对了文件；来历不明的程序请勿运行。"),
    "media": ("这是音频或视频，不是文档", "请确认选对了文件。"),
    "database": ("这是数据库或数据文件，不是公开文本", "请使用 .docx、.txt、.html 或文字版 PDF。"),
    "shortcut": ("这是快捷方式，不是文档本身", "请打开快捷方式所指的位置，选择真正的文件。"),
    "binary": ("这不是文本，也不是认得的文档格式", "可以读取 .docx、.txt、.html、.xlsx 和文字版 PDF；其他格式请先在 Word 或 WPS 中另存为 .docx。"),
    "word-lock": ("这是 Word 或 WPS 打开文档时生成的临时锁文件（名字以“~$”开头），不是文档本身", "请选择名字里没有“~$”的那个文件。"),
}

BROKEN_WORD = ("Word 文档已损坏，不能完整读出", _ASK_AGAIN)
BROKEN_BOOK = ("工作簿已损坏，不能完整读出", "请重新下载或向提供文件的人再要一份；如能用 Excel 或 WPS 打开，另存一次后再试。")
BROKEN_PDF = ("PDF 已损坏，不能打开", _ASK_AGAIN)
BROKEN_ZIP = ("文件不完整或已损坏（像是 .docx、.xlsx 一类的压缩格式，但结尾缺失）", _ASK_AGAIN)
LOCKED_PDF = ("PDF 设有打开密码", "请用密码打开后另存为不带密码的 PDF，或使用 Word 原稿（.docx）。")
SCANNED_PDF = ("PDF 是扫描件，页面上只有图片，没有文字层；本版本不含文字识别（OCR）", _ORIGINAL)
PICTURED_WORD = ("文档里只有图片，没有文字；本版本不含文字识别（OCR）", _ORIGINAL)
ENTITIES = (
    "文档的 XML 里有自定义实体（DOCTYPE），正常的办公文档不会有，可能是恶意文件，已停止读取",
    "请勿打开来历不明的文件；如确属正常文件，请用 Word、Excel 或 WPS 另存一次后再试。",
)


def refuse(kind: str) -> Refusal:
    """The refusal for a recognised format, or for ``empty``, ``blank``, ``word-lock``."""
    return Refusal(*REASONS.get(kind, REASONS["binary"]))
