"""What the commands do."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gouji.documents import Document, UnreadableError, read_document
from gouji.extraction.read import read_dossier
from gouji.rendering import CheckedDocument, Failure


def run(chosen: argparse.Namespace) -> int:
    if chosen.command == "check":
        return _check(chosen)
    if chosen.command == "read":
        return _read(chosen)
    return _rules(chosen.id)


def _document(path: str) -> Document:
    return read_document(sys.stdin.buffer.read(), name="标准输入") if path == "-" else read_document(path)


def _check(chosen: argparse.Namespace) -> int:
    from gouji.checks.accepted import AcceptedError, read_accepted
    from gouji.checks.check import check

    failures: list[Failure] = []
    checked: list[CheckedDocument] = []
    accepted = None
    against = []
    try:
        if chosen.accepted:
            accepted = read_accepted(Path(chosen.accepted).read_bytes(), chosen.accepted)
        against = [read_dossier(_document(path))[0] for path in chosen.against]
    except (AcceptedError, UnreadableError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{chosen.accepted}：打不开（{error.strerror}）。请核对路径后再试。", file=sys.stderr)
        return 2
    for path in chosen.files:
        try:
            dossier, standards = read_dossier(_document(path))
        except UnreadableError as error:
            failures.append(Failure(path, str(error)))
            continue
        report = check(dossier, standards, against=against, accepted=accepted)
        checked.append(CheckedDocument(dossier, report, {c.id: c.zh for c in standards.concepts.values()}))
    try:
        _write(chosen, checked, failures)
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}：写不进去（{error.strerror}）。请换一个位置或检查磁盘空间。", file=sys.stderr)
        return 2
    if failures:
        return 2
    return int(any(f.severity == "error" and not f.justification for c in checked for f in c.report.findings))


def _write(chosen: argparse.Namespace, checked: list[CheckedDocument], failures: list[Failure]) -> None:
    if chosen.annotate and checked:
        from gouji.rendering.annotate import annotate

        Path(chosen.annotate).write_bytes(annotate(Path(chosen.files[0]).read_bytes(), checked[0]))
    if chosen.format == "terminal":
        from rich.console import Console

        from gouji.rendering.terminal import print_check

        print_check(Console(), checked, failures, all_notes=chosen.all)
        return
    content: bytes
    if chosen.format == "json":
        from gouji.rendering.data import check_json

        content = check_json(checked, failures).encode()
    elif chosen.format == "html":
        from gouji.rendering.page import page

        content = page(checked, failures).encode()
    else:
        from gouji.rendering.workbook import workbook

        content = workbook(checked, failures)
    if chosen.output:
        Path(chosen.output).write_bytes(content)
    else:
        sys.stdout.buffer.write(content)


def _read(chosen: argparse.Namespace) -> int:
    from gouji.rendering.data import dossier_json

    status, dossiers = 0, []
    for path in chosen.files:
        try:
            document = _document(path)
        except UnreadableError as error:
            print(error, file=sys.stderr)
            status = 2
            continue
        if chosen.text:
            sys.stdout.buffer.write(document.text.encode())
        else:
            dossiers.append(read_dossier(document)[0])
    if dossiers:
        sys.stdout.buffer.write(dossier_json(dossiers).encode())
    return status


def _rules(ident: str | None) -> int:
    from gouji.checks.registry import catalogue
    from gouji.standards import load

    entries = list(catalogue(load("cn", None)))
    for entry in entries:
        if ident is None:
            print(f"{entry.id}  {entry.zh}")
        elif entry.id == ident:
            print(f"{entry.id}  {entry.zh}\n{entry.explanation}")
            return 0
    if ident is not None:
        print(f"没有规则 {ident}。运行 gouji rules 查看全部规则。", file=sys.stderr)
        return 2
    return 0
