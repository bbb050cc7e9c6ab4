"""Uploaded files: kept by their content under the data folder, never under a name that somebody typed.

    Evidence(project=row, **received(request)).save()      the row of a model that is a StoredFile
    return as_download(row)                                always as a download: what somebody has uploaded is never shown as a page of ours
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import FileResponse, Http404, HttpRequest

from gouji.web.trail.recording import Refused


class StoredFile(models.Model):
    """The columns of a row that stands for an uploaded file; ``sha256`` names its content in the store."""

    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("大小")

    FILE_COLUMNS: ClassVar = frozenset({"name", "sha256", "size"})

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Named(Protocol):
    """What can be taken away: a stored file, or another row with the columns of one."""

    name: str
    sha256: str


def received(request: HttpRequest, field: str = "file") -> dict[str, Any]:
    """The file that a form has sent, stored: the columns of its row. Raises :class:`Refused` where there is none, or it is empty or too large."""
    upload = request.FILES.get(field)
    if upload is None:
        raise Refused("没有选文件")
    digest, size = keep(upload)
    return {"name": shown_name(upload.name), "sha256": digest, "size": size}


def as_download(row: Named) -> FileResponse:
    """The file itself, under the name that was typed; 404 where it is not there."""
    if not row.sha256 or not path_of(row.sha256).exists():
        raise Http404
    return FileResponse(path_of(row.sha256).open("rb"), as_attachment=True, filename=shown_name(row.name), content_type="application/octet-stream")


def keep(upload: UploadedFile[Any]) -> tuple[str, int]:
    """Stores the file; returns its digest and size. Raises :class:`Refused` where it is empty or too large."""
    return _keep(upload.chunks())


def keep_content(content: bytes) -> tuple[str, int]:
    """The same for what the program itself has made."""
    return _keep([content])


def _keep(chunks: Iterable[bytes]) -> tuple[str, int]:
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as out:
        for chunk in chunks:
            size += len(chunk)
            if size > settings.UPLOAD_LIMIT:
                break
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())  # the row that will name it is kept through a power failure, so the file must be
    if size == 0 or size > settings.UPLOAD_LIMIT:
        os.unlink(out.name)
        raise Refused("文件是空的" if size == 0 else f"文件超过 {settings.UPLOAD_LIMIT // 1024 // 1024} MB，请拆分后再传")
    name = digest.hexdigest()
    target = path_of(name)
    target.parent.mkdir(exist_ok=True)
    os.replace(out.name, target)
    return name, size


def path_of(digest: str) -> Path:
    """Where a stored file stands. Raises :class:`ValueError` for what is no digest."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError("no digest")
    return Path(settings.FILES) / digest[:2] / digest


def shown_name(name: str | None) -> str:
    """A typed file name without folders and controls: it is shown and offered, never used as a path."""
    bare = re.split(r"[\\/]", name or "")[-1]
    return re.sub(r"[\x00-\x1f\x7f\"<>|:*?]", "", bare).strip()[:180] or "文件"
