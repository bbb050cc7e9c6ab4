"""``gouji selftest``: the installation examines itself."""

from __future__ import annotations

import pytest

from gouji.cli import main, selftest


def test_a_sound_installation_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["selftest"]) == 0
    out = capsys.readouterr().out
    assert out.count("通过  ") == 5
    assert "不通过" not in out
    assert out.endswith("自检完成，一切正常。\n")


def test_a_reader_gone_blind_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "_PLANTED", 10_000)
    assert main(["selftest"]) == 1
    assert "不通过  自带示例中的差错能找出来" in capsys.readouterr().out
