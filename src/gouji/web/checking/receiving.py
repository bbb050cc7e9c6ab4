"""What a person drops, taken in: streamed to the data folder, then one recorded row and its job. Nothing is visible before both are there."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gouji.web.checking.models import Checking, folder_of
from gouji.web.people.models import Person
from gouji.web.trail.recording import Refused, recording
from gouji.web.work.registry import enqueue

#: The name of the job.
CHECK = "check-files"
MOST_FILES = 500
_MB = 1024 * 1024


def receive(person: Person, files: Sequence[UploadedFile[Any]], paths: str = "") -> Checking:
    """Takes the files in and puts the job into the queue. ``paths``: the browser's list of paths of a folder's files, as JSON.

    Raises :class:`Refused` with a sentence; then nothing is kept.
    """
    if not files:
        raise Refused("没有收到文件。请选择文件、文件夹或 zip 压缩包再提交")
    if len(files) > MOST_FILES:
        raise Refused(f"一次最多 {MOST_FILES} 个文件，这里有 {len(files)} 个；请打成一个 zip 压缩包再提交")
    names = _names(files, paths)
    id = uuid.uuid4()
    folder = folder_of(id)
    try:
        _store(files, folder / "in")
        title = names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 个文件"
        with recording(person):
            made = Checking(id=id, person=person, unit=person.organisation, title=title[-200:], uploads=names)
            made.save()
            enqueue(CHECK, f"核对：{title}", person, made.pk, checking=str(made.pk))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return made


def _store(files: Sequence[UploadedFile[Any]], folder: Path) -> None:
    folder.mkdir(parents=True)
    room = settings.UPLOAD_LIMIT
    for at, upload in enumerate(files):
        with (folder / str(at)).open("wb") as out:
            for chunk in upload.chunks():
                room -= len(chunk)
                if room < 0:
                    raise Refused(f"这一次的文件合计超过 {settings.UPLOAD_LIMIT // _MB} MB，请分几次提交")
                out.write(chunk)


def _names(files: Sequence[UploadedFile[Any]], paths: str) -> list[str]:
    try:
        told = json.loads(paths) if paths else []
    except ValueError:
        told = []
    given = told if isinstance(told, list) and len(told) == len(files) and all(isinstance(each, str) for each in told) else [each.name or "" for each in files]
    return distinct([shown_path(each) for each in given])


def shown_path(path: str) -> str:
    """A path as it is shown: folders kept as words, nothing in it that is an instruction. It is never used as a path.

    >>> shown_path("..\\\\局属\\\\a.docx")
    '局属/a.docx'
    """
    parts = [re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\"<>|:*?]", "", part).strip() for part in re.split(r"[\\/]", path)]
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-280:] or "文件"


def distinct(names: Sequence[str]) -> list[str]:
    """The names with （2）, （3） where one stands twice."""
    taken: dict[str, int] = {}
    found = []
    for name in names:
        taken[name] = taken.get(name, 0) + 1
        found.append(name if taken[name] == 1 else f"{name}（{taken[name]}）")
    return found
