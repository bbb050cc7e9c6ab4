"""``gouji render``: the compiled dossier → the disclosure as a file; also what ``gouji compile`` writes beside it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.cli.faults import trouble_sentence
from gouji.cli.outputs import write_whole
from gouji.documents import UnreadableError

if TYPE_CHECKING:
    from gouji.model.dossier import Dossier
    from gouji.rendering.disclosure.blocks import Missing
    from gouji.rendering.disclosure.layout import Layout

NAME = "disclosure"


def run_render(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status: 1 where texts are missing, 2 where something could not be read or written, else 0."""
    from gouji.cli.compile import read_compiled
    from gouji.rendering.disclosure.formats import FORMATS
    from gouji.rendering.disclosure.layout import LayoutRefused

    to = chosen.to or (chosen.output or "").rpartition(".")[2].lower()
    if to not in FORMATS:
        print(f"不知道写成什么格式：用 --to 指明 {'、'.join(FORMATS)} 之一，或让输出文件以它结尾。", file=sys.stderr)
        return 2
    if chosen.layout and to != "docx":
        print("--layout 是 Word 稿的版式，只能同 --to docx 一起用。", file=sys.stderr)
        return 2
    try:
        layout = _layout(chosen.layout) if chosen.layout else None
        dossier = read_compiled(chosen.compiled)
        target = Path(chosen.output or Path(chosen.compiled).with_name(target_name(to)))
        return write_disclosures(dossier, {to: target}, gaps=chosen.gaps, layout=layout)
    except LayoutRefused as error:
        print(f"{chosen.layout}：{error}", file=sys.stderr)
    except UnreadableError as error:
        print(str(error), file=sys.stderr)
    except OSError as error:
        print(trouble_sentence(error), file=sys.stderr)
    return 2


def _layout(path: str) -> Layout:
    from gouji.rendering.disclosure.layout import read_layout

    return read_layout(Path(path).read_bytes())


def write_disclosures(dossier: Dossier, targets: dict[str, Path], *, gaps: bool = False, layout: Layout | None = None) -> int:
    """Writes each format to its file and says so; 1 where texts are missing and nothing was written. Raises ``OSError``."""
    from gouji.rendering.disclosure import compose
    from gouji.rendering.disclosure.formats import writer
    from gouji.rendering.disclosure.package import disclosure_package
    from gouji.standards import load

    standards = load(dossier.jurisdiction, dossier.year)
    disclosure = compose(dossier, standards)
    required = [each for each in disclosure.missing if each.required]
    for name in disclosure.withheld:
        print(f"涉密未公开：{name}", file=sys.stderr)
    for each in disclosure.missing:
        if not each.required or gaps:
            print(f"提示　{each.where}：{each.slot}——{each.why}", file=sys.stderr)
    if required and not gaps:
        _tell(required)
        return 1
    for to, target in targets.items():
        if to == "data" and target.suffix != ".zip":
            write_package(target, disclosure_package(disclosure, dossier, standards))
        else:
            write_whole(str(target), writer(to, layout)(disclosure, dossier, standards))
        print(f"已写入 {target}", file=sys.stderr)
    return 0


def target_name(to: str) -> str:
    """What a format is called beside the compiled dossier: ``disclosure.docx``; open data are a folder."""
    return "data" if to == "data" else f"{NAME}.{to}"


def write_package(folder: Path, files: dict[str, bytes]) -> None:
    """Writes a data package's files into their folder. Raises ``OSError``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_whole(str(folder / name), content)


def _tell(missing: Sequence[Missing]) -> None:
    print(f"公开稿还缺 {len(missing)} 处，没有写出：", file=sys.stderr)
    for each in missing:
        print(f"  {each.where}：{each.slot}——{each.why}", file=sys.stderr)
    print("在账套的“文字”表里按栏位（slot）填好，重新运行 gouji compile；确要先看留空的稿子，用 gouji render --gaps。", file=sys.stderr)
