"""``gouji check`` on real documents: what a user relies on first."""

import json
import os
from pathlib import Path

import pytest

from gouji.cli import main

REAL = Path(os.environ.get("GOUJI_REAL", Path(__file__).resolve().parents[2].parent / "shared" / "real"))
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside this checkout")


def findings(name: str, tmp_path: Path) -> list[dict[str, object]]:
    out = tmp_path / "out.json"
    assert main(["check", str(REAL / name), "--format", "json", "-o", str(out)]) == 1
    found: list[dict[str, object]] = json.loads(out.read_text("utf-8"))["documents"][0]["findings"]
    return found


@needs_real
def test_wrong_shares_are_named_with_what_they_should_be(tmp_path: Path) -> None:
    found = findings("luzhou-economy-bureau-2023.txt", tmp_path)
    assert any("15.94" in str(f["found"]) and "16.51" in str(f["expected"]) for f in found)


@needs_real
def test_one_wrong_item_is_one_error_with_its_repair(tmp_path: Path) -> None:
    found = findings("luzhou-government-services-2023.txt", tmp_path)
    assert any("2894.06" in json.dumps(f["suspects"], ensure_ascii=False) for f in found if f["severity"] == "error")


def test_an_unreadable_file_is_a_sentence_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    assert main(["check", str(empty)]) == 2
    assert "Traceback" not in capsys.readouterr().out
