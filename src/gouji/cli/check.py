"""``gouji check``: read each file, judge it, judge what belongs together, report."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.checks.check import check
from gouji.checks.names import concept_names
from gouji.cli.faults import fault_sentence, trouble_sentence
from gouji.cli.inputs import Input, inputs_of
from gouji.cli.outputs import Outcome, emit, overwritten, print_outcome, report_bytes, write_whole
from gouji.documents import UnreadableError
from gouji.extraction.read import read_dossier
from gouji.rendering.checked import CheckedDocument, Failure

if TYPE_CHECKING:
    from gouji.checks.accepted import Accepted
    from gouji.checks.folder import Folder
    from gouji.cli.since import OldDocument
    from gouji.documents import Document
    from gouji.model.dossier import Dossier
    from gouji.standards.pack import Standards


class _StopError(Exception):
    """A second input that cannot be used: without it the whole run would say something else than was asked."""


def run_check(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status."""
    given = inputs_of(chosen.files, apart=(chosen.output, chosen.annotate))
    lost = overwritten((chosen.output, chosen.annotate), [f.path for f in given.files] + chosen.against + chosen.accepted)
    if lost:
        return _say(f"{lost}：这是要核对的文件，不能用报告覆盖它。请给输出换一个名字。")
    try:
        against = [_second_input(path) for path in chosen.against]
        accepted = _accepted(chosen.accepted)
        last = _last_run(chosen.since)
    except _StopError as stop:
        return _say(str(stop))

    checked, standards, failures = _judge(given.files, against, accepted)
    outcome = _together(checked, standards, [*given.failures, *failures], last, chosen.since)
    _tell(chosen, outcome.failures, given.notes)
    status = max(_annotate(chosen, given.files, outcome.checked), _report(chosen, outcome))
    if outcome.failures or status:
        return 2
    return int(any(f.severity == "error" and not f.justification for c in outcome.checked for f in c.report.findings))


def check_document(document: Document, against: Sequence[Dossier] = (), accepted: Accepted | None = None) -> tuple[CheckedDocument, Standards]:
    """One document, read and judged."""
    dossier, standards = read_dossier(document)
    report = check(dossier, standards, against=against, accepted=accepted)
    return CheckedDocument(dossier, report, concept_names(dossier, standards)), standards


def _judge(
    files: Sequence[Input], against: Sequence[Dossier], accepted: Accepted | None
) -> tuple[list[CheckedDocument], list[Standards], list[Failure]]:
    """Every file by itself: one that fails, even through a fault of the program, does not stop the others."""
    checked: list[CheckedDocument] = []
    standards: list[Standards] = []
    failures: list[Failure] = []
    for file in _with_progress(files):
        try:
            document, applied = check_document(file.document(), against, accepted)
        except UnreadableError as error:
            failures.append(Failure(file.path, str(error)))
        except Exception as error:
            failures.append(Failure(file.path, fault_sentence(file.path, error)))
        else:
            checked.append(document)
            standards.append(applied)
    return checked, standards, failures


def _with_progress(files: Sequence[Input]) -> Iterable[Input]:
    if len(files) < 2 or not sys.stderr.isatty():
        return files
    from gouji.rendering.terminal import progress

    return progress(files)


def _together(
    checked: list[CheckedDocument],
    standards: Sequence[Standards],
    failures: Sequence[Failure],
    last: Sequence[OldDocument] | None,
    source: str | None,
) -> Outcome:
    """What only several documents, or two runs, can show."""
    folders: tuple[Folder, ...] = ()
    if len(checked) > 1:
        from gouji.cli.folders import judge_together

        checked, folders = judge_together(checked, standards)
    since = None
    if last is not None:
        from gouji.cli.since import compare

        checked, since = compare(checked, last, source or "")
    return Outcome(checked, failures, folders, since)


def _second_input(path: str) -> Dossier:
    try:
        if path.lower().endswith((".xlsx", ".xls", ".ods")) and (approved := _approved(path)) is not None:
            return approved
        return read_dossier(Input(path).document())[0]
    except UnreadableError as error:
        raise _StopError(f"--with {error}") from error
    except Exception as error:
        raise _StopError(fault_sentence(f"--with {path}", error)) from error


def _approved(path: str) -> Dossier | None:
    """A 财决 workbook as a dossier exact to the fen; None where the workbook is something else."""
    from gouji.accounts.final_accounts import is_final_accounts, read_final_accounts
    from gouji.accounts.problems import BooksRefused

    if not is_final_accounts(path):
        return None
    from gouji.accounts.compile_sheets import compile_sheets

    try:
        return compile_sheets(read_final_accounts(path))
    except BooksRefused as refused:
        raise _StopError(f"--with {refused}") from refused


def _accepted(paths: Sequence[str]) -> Accepted | None:
    if not paths:
        return None
    from gouji.checks.accepted import AcceptedError, merged, read_accepted

    try:
        return merged([read_accepted(_bytes(path, "--accepted"), path) for path in paths])
    except AcceptedError as error:
        raise _StopError(f"--accepted {error}") from error


def _last_run(path: str | None) -> Sequence[OldDocument] | None:
    if path is None:
        return None
    from gouji.cli.since import LastRunError, read_last_run

    try:
        return read_last_run(_bytes(path, "--since"), path)
    except LastRunError as error:
        raise _StopError(f"--since {error}") from error


def _bytes(path: str, option: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as error:
        raise _StopError(f"{option} {path}：找不到这个文件。请检查路径和文件名是否完整。") from error
    except (OSError, ValueError) as error:
        reason = "这是一个文件夹" if isinstance(error, IsADirectoryError) else "打不开，可能没有权限，或正被另一个程序打开"
        raise _StopError(f"{option} {path}：{reason}。请换一个文件，或关闭那个程序后再试。") from error


def _tell(chosen: argparse.Namespace, failures: Sequence[Failure], notes: Sequence[str]) -> None:
    """Failures on standard error, unless the same screen is about to show them in the report."""
    if chosen.format == "terminal" and not chosen.output and sys.stdout.isatty():
        failures = ()
    for sentence in (*(failure.message for failure in failures), *notes):
        print(sentence, file=sys.stderr)


def _annotate(chosen: argparse.Namespace, files: Sequence[Input], checked: Sequence[CheckedDocument]) -> int:
    if not chosen.annotate or not checked:
        return 0
    from gouji.rendering.annotate import annotate

    try:
        write_whole(chosen.annotate, annotate(files[0].bytes(), checked[0]))
    except UnreadableError as error:
        return _say(f"--annotate {error}")
    except OSError as error:
        return _say(trouble_sentence(error, chosen.annotate))
    print(f"已写入 {chosen.annotate}", file=sys.stderr)
    return 0


def _report(chosen: argparse.Namespace, outcome: Outcome) -> int:
    try:
        if chosen.format != "terminal":
            emit(report_bytes(outcome, chosen.format), chosen.output)
        elif chosen.output:
            text = io.StringIO()
            print_outcome(outcome, all_notes=chosen.all, to=text)
            emit(text.getvalue().encode("utf-8", "replace"), chosen.output)
        else:
            print_outcome(outcome, all_notes=chosen.all)
    except OSError as error:
        if not chosen.output:
            raise
        return _say(trouble_sentence(error, chosen.output))
    return 0


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
