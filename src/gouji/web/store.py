"""Uploaded files: kept by their content under the data folder, never under a name that somebody typed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gouji.web.trail.recording import Refused


def keep(upload: UploadedFile[Any]) -> tuple[str, int]:
    """Stores the file; returns its digest and size. Raises :class:`Refused` where it is empty or too large."""
    folder = Path(settings.FILES)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as out:
        for chunk in upload.chunks():
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
