"""From bytes to text: UTF-8 (with or without mark), GB18030 (which holds GBK and GB2312), UTF-16.

The decoded text is the file itself: nothing is normalised, newlines stay as they are. A file that was cut off inside a
character loses that character only.
"""

from __future__ import annotations

import codecs

from gouji.documents.refusals import Refusal, refuse

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 8192
#: Control characters that no text holds (tab, newlines, form feed, escape, and Ctrl-Z at the end of DOS files are tolerated).
_FOREIGN = bytes(sorted(set(range(32)) - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1A, 0x1B}))
_TRY_UTF8 = "请用记事本、Word 或 WPS 打开，另存为 UTF-8 编码的文本后再试。"


def marked(data: bytes) -> tuple[str, int]:
    """The encoding that a byte order mark states and the mark's length, or ("", 0)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return "", 0


def is_text(data: bytes) -> bool:
    """Whether the beginning of the file looks like text in any encoding that :func:`decode` knows."""
    if marked(data)[0] or _unmarked_utf16(data):
        return True
    sample = data[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _FOREIGN)) <= len(sample) // 1000


def peek(data: bytes) -> str:
    """The beginning of a text, for looking at only."""
    encoding, skip = marked(data)
    sample = data[skip : skip + _SAMPLE]
    if encoding or (encoding := _unmarked_utf16(data)):
        return sample.decode(encoding, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return sample.decode("gb18030", "replace")


def decode(data: bytes) -> str:
    """The text of the file. Raises :class:`Refusal` where it is not text or where its encoding is damaged or unknown."""
    encoding, skip = marked(data)
    if not encoding:
        encoding = _unmarked_utf16(data)
    if encoding:
        text, problem = _strictly(data[skip:], encoding)
        if text is None:
            raise _damaged(data, skip + problem, encoding.upper())
        return text
    text, problem = _strictly(data, "utf-8")
    if text is not None:
        return _checked(text)
    if _mostly_utf8(data):
        # GB18030 would accept it and give nonsense.
        raise _damaged(data, problem, "UTF-8")
    text, problem = _strictly(data, "gb18030")
    if text is None or _is_nonsense(text):
        if not is_text(data):
            raise refuse("binary")
        raise Refusal(
            "文字编码认不出来（既不是 UTF-8，也不是 GB18030/GBK，也不是带标记的 UTF-16）" + (_where(data, problem) if text is None else ""),
            _TRY_UTF8,
        )
    return _checked(text)


def _strictly(data: bytes, encoding: str) -> tuple[str | None, int]:
    """The text and 0, or None and the byte at which decoding fails. A last character that is cut off is left out."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError as error:
        if error.end < len(data) or len(data) - error.start > 3:
            return None, error.start
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data, final=False), 0
        except UnicodeDecodeError:
            return None, error.start


def _mostly_utf8(data: bytes) -> bool:
    """Whether all but a few of the bytes above ASCII form UTF-8 characters of three bytes, as Chinese does."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text[: 1 << 20] if "\u2e80" <= character <= "\uffef") - bad
    return good > 20 * bad


def _is_nonsense(text: str) -> bool:
    """Whether a text decoded as GB18030 is mostly characters that no Chinese text holds (private use, rare blocks)."""
    sample = text[: 1 << 16]
    known = sum(
        1
        for c in sample
        if c < "\x80" or "\u4e00" <= c <= "\u9fff" or "\u2000" <= c <= "\u33ff" or "\uff00" <= c <= "\uffee" or c == "\xb7"
    )
    return known < 0.9 * len(sample)


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark, told by its zero bytes and by decoding to Chinese and ASCII; "" where it is not."""
    sample = data[: min(_SAMPLE, len(data) - len(data) % 2)]
    if b"\x00" not in sample:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        if text and not _is_nonsense(text) and sum(1 for c in text if c < " " and c not in "\t\r\n\x0b\x0c") == 0:
            return encoding
    return ""


def _checked(text: str) -> str:
    if text.count("\x00") > len(text) // 1000:
        raise refuse("binary")
    return text


def _damaged(data: bytes, at: int, encoding: str) -> Refusal:
    return Refusal(f"是 {encoding} 文本，但有损坏的字符{_where(data, at)}", "请重新取得这个文件，或" + _TRY_UTF8.removeprefix("请"))


def _where(data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    return f"（第 {line} 行附近）"
