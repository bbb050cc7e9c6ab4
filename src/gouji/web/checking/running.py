"""The job that checks what was given: file by file, each result kept as soon as it is there, so that a cut-off job goes on where it was."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gouji.checks.folder import judge_together
from gouji.documents import UnreadableError
from gouji.documents.refusals import REASONS
from gouji.model.collector import collector_paused
from gouji.rendering.checked import CheckedDocument, Failure
from gouji.rendering.workbook import workbook
from gouji.standards import load
from gouji.web.checking import judging, unpacking
from gouji.web.checking.models import CheckedFile, Checking
from gouji.web.checking.receiving import CHECK, distinct
from gouji.web.checking.unpacking import Unpackable
from gouji.web.work.registry import Later, Report, Unfinished, job
from gouji.web.work.worker import others_wait

log = logging.getLogger("gouji.checking")
#: Names of what is made of all files together.
ALL_BOOK, ALL_FILES = "all.xlsx", "all.zip"
#: After so many seconds a large checking lets others' jobs go first.
_TURN = 10
#: A file that has cut off the worker so often is left out.
_ATTEMPTS = 2
#: More documents than these are not held in memory at once: no department is held against its units, and rows of the workbook go to disk.
TOGETHER = 60
_ABANDONED = 24 * 3600

State = CheckedFile.State


@job(CHECK)
def check_files(report: Report, checking: str) -> dict[str, str]:
    """The job. ``checking`` is the id of the row."""
    row = _found(checking)
    _sweep()
    if not row.files.exists():
        _list(row)
    total = row.files.exclude(state=State.SKIPPED).count()
    waiting = list(row.files.filter(state=State.WAITING).order_by("order"))
    begun = time.monotonic()
    for at, file in enumerate(waiting):
        report(total - len(waiting) + at, total + 1, f"正在核对 {file.name}")
        _check(_found(checking), file)
        if time.monotonic() - begun > _TURN and at + 1 < len(waiting) and others_wait():
            raise Later("先让别人的任务办理，稍后继续")
    report(total, total + 1, "正在汇总")
    _sum_up(row)
    return {"url": f"/checking/{row.pk}"}


def _found(id: str) -> Checking:
    row: Checking | None = Checking.objects.filter(pk=id).first()
    if row is None:
        shutil.rmtree(Path(settings.FILES) / "checking" / str(UUID(id)), ignore_errors=True)
        raise Unfinished("提交人已经删除了这次核对")
    return row


def _list(row: Checking) -> None:
    """A row for each file, those of zips one by one, in one transaction."""
    made: list[CheckedFile] = []
    for upload, name in enumerate(row.uploads):
        path = row.folder / "in" / str(upload)
        try:
            if not unpacking.is_archive(path):
                made.append(CheckedFile(upload=upload, name=name, **_passed_over(name)))
                continue
            for member in unpacking.members(path):
                shown = member.name if len(row.uploads) == 1 else f"{name}/{member.name}"
                state = State.SKIPPED if member.junk else State.UNREAD if member.reason else State.WAITING
                made.append(CheckedFile(upload=upload, member=member.at, name=shown, state=state, reason=_sentence(member.reason)))
        except Unpackable as reason:
            made.append(CheckedFile(upload=upload, name=name, state=State.UNREAD, reason=_sentence(str(reason))))
    for order, (each, name) in enumerate(zip(made, distinct([each.name for each in made]), strict=True)):
        each.checking, each.order, each.name = row, order, name[-300:]
    with transaction.atomic():
        CheckedFile.objects.bulk_create(made, batch_size=500)


def _sentence(words: str) -> str:
    return f"{words}。" if words else ""


def _passed_over(name: str) -> dict[str, str]:
    return {"state": State.SKIPPED, "reason": _sentence(unpacking.JUNK)} if unpacking.is_junk(name) else {}


def _check(row: Checking, file: CheckedFile) -> None:
    if file.attempts >= _ATTEMPTS:
        _end(file, State.UNREAD, reason="核对这个文件时程序两次被打断，没有核对。请单独再提交这个文件；仍不行请联系管理员。")
        return
    CheckedFile.objects.filter(pk=file.pk).update(attempts=F("attempts") + 1)
    try:
        with _content(row, file) as path:
            checked, positions = judging.judge(path, file.name)
            columns = judging.write(checked, path, file.folder, positions).columns
    except Unpackable as reason:
        _end(file, State.UNREAD, reason=_sentence(str(reason)))
    except UnreadableError as refused:
        _end(file, State.UNREAD, reason=_sentence(unpacking.NESTED) if refused.reason == REASONS["zip"][0] else f"{refused.reason}。{refused.remedy}")
    except Exception:
        log.exception("a file could not be checked", extra={"job": str(row.pk)})
        _end(file, State.UNREAD, reason=f"核对时程序出错，这是程序的缺陷，不是文件的问题。请把核对编号 {row.pk} 和文件名告诉管理员。")
    else:
        _end(file, State.DONE, **columns)


def _end(file: CheckedFile, state: str, **columns: object) -> None:
    CheckedFile.objects.filter(pk=file.pk).update(state=state, **columns)


@contextlib.contextmanager
def _content(row: Checking, file: CheckedFile) -> Iterator[Path]:
    """The file's bytes on disk: the upload itself, or the unpacked member for as long as it is read."""
    upload = row.folder / "in" / str(file.upload)
    if file.member < 0:
        yield upload
        return
    with tempfile.TemporaryDirectory(dir=row.folder) as scratch:
        path = Path(scratch) / "content"
        with path.open("wb") as out:
            unpacking.unpack(upload, file.member, out)
        yield path


class _Kept(Sequence[CheckedDocument]):
    """The checked documents, each read from disk when it is asked for: two hundred of them would fill a small server's memory."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def __len__(self) -> int:
        return len(self._folders)

    @overload
    def __getitem__(self, at: int) -> CheckedDocument: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[CheckedDocument]: ...
    def __getitem__(self, at: int | slice) -> CheckedDocument | Sequence[CheckedDocument]:
        if isinstance(at, slice):
            return _Kept(self._folders[at])
        with collector_paused():
            return judging.kept(self._folders[at])


def _sum_up(row: Checking) -> None:
    """What is made of all files together. Made once; what only it needed is removed then."""
    done = list(row.files.filter(state=State.DONE).order_by("-errors", "-warnings", "-notes", "order"))
    out = row.folder / "out"
    if len(done) > 1 and not (out / ALL_BOOK).exists():
        documents: Sequence[CheckedDocument] = _Kept([file.folder for file in done])
        if len(done) <= TOGETHER:
            documents = _together(row, done, list(documents))
        failures = [Failure(file.name, file.reason) for file in row.files.filter(state=State.UNREAD)]
        _zip(done, out / ALL_FILES)
        _whole(out / ALL_BOOK, workbook(documents, failures, many=len(done) > TOGETHER))
    for file in done:
        (file.folder / judging.KEPT).unlink(missing_ok=True)


def _together(row: Checking, files: Sequence[CheckedFile], documents: list[CheckedDocument]) -> list[CheckedDocument]:
    """Departments are held against their units; where that finds something, the department's report is written anew."""
    from dataclasses import replace

    dossiers = [document.dossier for document in documents]
    standards = load(dossiers[0].jurisdiction or "cn", dossiers[0].year)
    reports = judge_together([document.report for document in documents], dossiers, standards)
    for at, (file, judged) in enumerate(zip(files, reports, strict=True)):
        if judged is documents[at].report:
            continue
        documents[at] = replace(documents[at], report=judged)
        with _content(row, file) as path:
            columns = judging.write(documents[at], path, file.folder).columns
        CheckedFile.objects.filter(pk=file.pk).update(**columns)
    return documents


def _zip(files: Sequence[CheckedFile], target: Path) -> None:
    """All reports and annotated Word files in one zip, under the names that the list shows."""
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(f"核对报告/{file.name}.html", judging.unpacked(file.folder / judging.REPORT))
            if file.annotated:
                archive.write(file.folder / judging.WORD, f"批注的Word文件/{file.name}")
    os.replace(unfinished, target)


def _whole(target: Path, content: bytes) -> None:
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(content)
    os.replace(unfinished, target)


def _sweep() -> None:
    """Removes folders that belong to no checking: what a killed request or a deletion that was cut off has left."""
    root = Path(settings.FILES) / "checking"
    if not root.exists():
        return
    old = [each for each in root.iterdir() if time.time() - each.stat().st_mtime > _ABANDONED]
    known = {str(id) for id in Checking.objects.filter(pk__in=[each.name for each in old if _is_id(each.name)]).values_list("pk", flat=True)}
    for each in old:
        if _is_id(each.name) and each.name not in known:
            shutil.rmtree(each, ignore_errors=True)


def _is_id(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
