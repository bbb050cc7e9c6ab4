"""Checking what is dropped: files, a folder, a zip; every trap has its sentence, the others are checked all the same."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase, override_settings
from openpyxl import load_workbook

from documents.word_files import docx, paragraph, run
from gouji.web.checking import running, unpacking
from gouji.web.checking.models import CheckedFile, Checking
from gouji.web.checking.receiving import distinct, shown_path
from gouji.web.people.models import Person
from gouji.web.trail.models import Change
from gouji.web.work.models import Job
from gouji.web.work.registry import Later, enqueue
from gouji.web.work.worker import take, work
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db", "own_folder")
#: 68.97 % where 69.87 % is right: one error.
WRONG = "林泉市水务局\n2023年度部门决算\n一、支出决算情况说明\n2023年度本年支出合计1360.16万元，其中：基本支出950.31万元，占68.97%；项目支出409.85万元，占30.13%。\n"
RIGHT = WRONG.replace("68.97", "69.87")


@pytest.fixture
def own_folder() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.FILES) / "checking", ignore_errors=True)


def client(person: Person) -> Client:
    made = Client()
    made.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return made


def word(text: str) -> bytes:
    return docx(*(paragraph(run(line)) for line in text.split("\n")))


def drop(person: Person, *files: tuple[str, bytes], paths: list[str] | None = None) -> Checking:
    """Hands files in through the page and runs the job."""
    given: dict[str, Any] = {"files": [SimpleUploadedFile(name, content) for name, content in files]}
    answer = client(person).post("/checking/", {**given, "paths": json.dumps(paths) if paths else ""})
    assert answer.status_code == 302, answer.content.decode()
    work(once=True)
    row: Checking = Checking.objects.get(pk=answer.headers["Location"].rsplit("/", 1)[-1])
    return row


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def states(row: Checking) -> dict[str, str]:
    return dict(row.files.values_list("name", "state"))


def reason(row: Checking, name: str) -> str:
    return str(row.files.get(name=name).reason)


def test_a_word_file_gives_report_annotated_file_workbook_and_data() -> None:
    tree = grow()
    row = drop(tree.persons["preparer"], ("决算.docx", word(WRONG)))
    file = row.files.get()
    assert (file.state, file.errors, file.unit, file.year, file.annotated) == ("done", 1, "林泉市水务局", 2023, True)
    who = client(tree.persons["preparer"])
    assert who.get(f"/checking/{row.pk}").headers["Location"] == f"/checking/files/{file.pk}"
    page = who.get(f"/checking/files/{file.pk}").content.decode()
    assert "错误 1" in page
    assert 'sandbox="allow-scripts allow-popups"' in page
    report = who.get(f"/checking/files/{file.pk}/report.html")
    assert "69.87" in report.content.decode()
    assert report.headers["Content-Security-Policy"].startswith("sandbox allow-scripts")
    annotated = b"".join(who.get(f"/checking/files/{file.pk}/download/docx"))
    assert b"comments.xml" in annotated
    data = json.loads(who.get(f"/checking/files/{file.pk}/download/json").content)
    assert data["schema"] == "gouji.check/1"
    book = load_workbook(io.BytesIO(b"".join(who.get(f"/checking/files/{file.pk}/download/xlsx"))))
    assert book["总览"]["F2"].value == 1
    assert who.get(f"/checking/files/{file.pk}/download/pickle").status_code == 404
    assert not list(row.folder.rglob("kept.pickle"))


def test_a_zip_gives_the_list_worst_first_the_workbook_and_statistics() -> None:
    tree = grow()
    row = drop(
        tree.persons["reviewer"],
        ("全市.zip", zipped(("a/好.txt", RIGHT.encode()), ("b/错.docx", word(WRONG)), ("c/旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600))),
    )
    who = client(tree.persons["reviewer"])
    page = who.get(f"/checking/{row.pk}").content.decode()
    assert page.index("b/错.docx") < page.index("a/好.txt") < page.index("c/旧.doc")
    assert "另存为 .docx" in page
    by_name = who.get(f"/checking/{row.pk}?sort=name").content.decode()
    assert by_name.index("a/好.txt") < by_name.index("b/错.docx")
    statistics = who.get(f"/checking/{row.pk}/statistics").content.decode()
    assert "占 50.0%" in statistics
    assert "占比等于部分除以所称基数" in statistics or "share" in statistics
    assert "c/旧.doc" in statistics
    book = load_workbook(io.BytesIO(b"".join(who.get(f"/checking/{row.pk}/workbook.xlsx"))))
    assert [book["总览"].cell(line, 1).value for line in (2, 3, 4)] == ["b/错.docx", "a/好.txt", "c/旧.doc"]
    with zipfile.ZipFile(io.BytesIO(b"".join(who.get(f"/checking/{row.pk}/all.zip")))) as archive:
        assert sorted(archive.namelist()) == ["批注的Word文件/b/错.docx", "核对报告/a/好.txt.html", "核对报告/b/错.docx.html"]


def marked(name: str, **given: Any) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    for key, value in given.items():
        setattr(info, key, value)
    return info


def test_every_trap_in_a_zip_has_its_sentence_and_the_others_are_checked() -> None:
    tree = grow()
    locked = bytearray(zipped(("锁.txt", RIGHT.encode()), ("好.txt", RIGHT.encode())))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + flags] |= 1
    row = drop(
        tree.persons["preparer"],
        ("混.zip", zipped(
            ("../../../etc/cron.d/x.txt", RIGHT.encode()), ("C:\\Windows\\y.txt", RIGHT.encode()), ("空.docx", b""), ("里.zip", zipped(("z.txt", b"z"))),
            ("没后缀", zipped(("z.txt", b"z"))), ("炸弹.txt", b"0" * 50_000_000), ("__MACOSX/._好.txt", b"\0"), ("~$好.docx", b"x"), ("Thumbs.db", b"x"), ("好.txt", RIGHT.encode()),
        )),
        ("锁.zip", bytes(locked)), ("空.zip", zipped()), ("半.zip", zipped(("好.txt", RIGHT.encode()))[:-40]), ("旁.txt", RIGHT.encode()), ("零.txt", b""),
    )  # fmt: skip
    found = states(row)
    assert {name for name, state in found.items() if state == "done"} == {"混.zip/好.txt", "锁.zip/好.txt", "旁.txt"}
    assert {name for name, state in found.items() if state == "skipped"} == {"混.zip/__MACOSX/._好.txt", "混.zip/~$好.docx", "混.zip/Thumbs.db"}
    for name, words in {
        "混.zip/etc/cron.d/x.txt": "路径指向包外", "混.zip/C/Windows/y.txt": "路径指向包外", "混.zip/空.docx": "文件是空的", "混.zip/里.zip": "还有压缩包", "混.zip/没后缀": "还有压缩包",
        "混.zip/炸弹.txt": "压缩炸弹", "锁.zip/锁.txt": "加了密码", "空.zip": "压缩包是空的", "半.zip": "不完整或已损坏", "零.txt": "文件是空的",
    }.items():  # fmt: skip
        assert words in reason(row, name), name
        assert reason(row, name).endswith("。")
        assert found[name] == "unread"
    assert not list(Path(settings.FILES).parent.rglob("cron.d"))


def test_names_of_a_zip_made_on_a_chinese_windows_are_read() -> None:
    tree = grow()
    raw = zipped(("XXXXXXXX.txt", RIGHT.encode()), ("ZZZZZZZZZ.txt", RIGHT.encode()))
    raw = raw.replace(b"XXXXXXXX", "水务决算".encode("gb18030")).replace(b"ZZZZZZZZZ", "档案局".encode())
    assert states(drop(tree.persons["preparer"], ("全.zip", raw))) == {"水务决算.txt": "done", "档案局.txt": "done"}


def test_the_same_name_twice_is_two_files() -> None:
    tree = grow()
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("a.txt", RIGHT.encode()), ("a.txt", WRONG.encode()))
    row = drop(tree.persons["preparer"], ("全.zip", content))
    assert dict(row.files.values_list("name", "errors")) == {"a.txt": 0, "a.txt（2）": 1}


def test_a_folder_keeps_its_paths_and_a_forged_path_is_only_a_name() -> None:
    tree = grow()
    row = drop(tree.persons["preparer"], ("a.txt", RIGHT.encode()), ("a.txt", RIGHT.encode()), paths=["局/机关/a.txt", "../../../../tmp/<b>\u202e.txt"])
    assert set(states(row)) == {"局/机关/a.txt", "tmp/b.txt"}
    assert {path.name for path in (row.folder / "in").iterdir()} == {"0", "1"}


def test_names_that_meet_are_told_apart() -> None:
    assert distinct(["a", "b", "a", "a"]) == ["a", "b", "a（2）", "a（3）"]
    assert shown_path("..") == "文件"


def test_a_zip_with_a_huge_directory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 8 + (200_000_000).to_bytes(4, "little") + b"\0" * 6)
    assert unpacking.is_archive(path)
    with pytest.raises(unpacking.Unpackable, match="太多"):
        list(unpacking.members(path))


def test_nothing_dropped_is_said_and_nothing_is_kept() -> None:
    tree = grow()
    answer = client(tree.persons["preparer"]).post("/checking/", {})
    assert "没有收到文件" in answer.content.decode()
    assert not Checking.objects.exists()


def test_too_much_at_once_is_said_and_nothing_is_kept() -> None:
    tree = grow()
    with override_settings(UPLOAD_LIMIT=1000):
        answer = client(tree.persons["preparer"]).post("/checking/", {"files": [SimpleUploadedFile("a.txt", b"x" * 2000)]})
    assert "请分几次提交" in answer.content.decode()
    assert not list((Path(settings.FILES) / "checking").iterdir())


def test_a_script_in_a_name_is_shown_as_text() -> None:
    tree = grow()
    row = drop(tree.persons["preparer"], ("全.zip", zipped(("'\"><img src=x onerror=alert(1)>.txt", RIGHT.encode()), ("b.txt", b""))))
    page = client(tree.persons["preparer"]).get(f"/checking/{row.pk}").content.decode()
    assert "<img src=x" not in page


def test_who_sees_what_was_checked() -> None:
    tree = grow()
    row = drop(tree.persons["preparer"], ("a.txt", RIGHT.encode()))
    file = row.files.get()
    seen = {role: client(person).get(f"/checking/files/{file.pk}").status_code for role, person in tree.persons.items()}
    assert seen == {"preparer": 200, "head": 200, "supervisor": 200, "reviewer": 200, "approver": 200, "administrator": 404}
    stranger = client(tree.stranger)
    for address in (f"{row.pk}", f"{row.pk}/statistics", f"{row.pk}/workbook.xlsx", f"files/{file.pk}", f"files/{file.pk}/report.html", f"files/{file.pk}/download/json"):
        assert stranger.get(f"/checking/{address}").status_code == 404
    assert stranger.post(f"/checking/{row.pk}/delete").status_code == 404
    own = client(tree.persons["reviewer"])
    assert "a.txt" not in own.get("/checking/").content.decode()
    assert "a.txt" in own.get("/checking/?whose=all").content.decode()


def test_deleting_is_for_the_owner_recorded_and_leaves_no_file() -> None:
    tree = grow()
    row = drop(tree.persons["preparer"], ("a.txt", RIGHT.encode()))
    assert "只有提交人可以删除" in client(tree.persons["reviewer"]).post(f"/checking/{row.pk}/delete").content.decode()
    assert CheckedFile.objects.filter(checking=row).exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        client(tree.persons["preparer"]).post(f"/checking/{row.pk}/delete", {"reason": "传错了"})
    assert not row.folder.exists()
    last = Change.objects.last()
    assert last is not None
    assert (last.action, last.reason, last.subject_id) == ("删除", "传错了", row.pk)
    assert not Checking.objects.filter(pk=row.pk).exists()


def _given(tree: Tree, count: int) -> Checking:
    files = [SimpleUploadedFile(f"{at}.txt", RIGHT.encode()) for at in range(count)]
    answer = client(tree.persons["preparer"]).post("/checking/", {"files": files})
    row: Checking = Checking.objects.get(pk=answer.headers["Location"].rsplit("/", 1)[-1])
    return row


class Cut(BaseException):
    """As a kill: nothing of the program hears it."""


def test_a_cut_off_job_goes_on_with_the_files_that_are_not_done(monkeypatch: pytest.MonkeyPatch) -> None:
    row = _given(grow(), 4)
    seen: list[str] = []

    def cut(checking: Checking, file: CheckedFile) -> None:
        seen.append(file.name)
        if len(seen) == 3:
            raise Cut
        check(checking, file)

    check = running._check
    monkeypatch.setattr(running, "_check", cut)
    taken = take()
    assert taken is not None
    with pytest.raises(Cut):
        running.check_files(lambda done, total, message="": None, str(row.pk))
    assert sorted(states(row).values()) == ["done", "done", "waiting", "waiting"]
    running.check_files(lambda done, total, message="": None, str(row.pk))
    assert seen == ["0.txt", "1.txt", "2.txt", "2.txt", "3.txt"]
    assert set(states(row).values()) == {"done"}
    assert (row.folder / "out" / running.ALL_BOOK).exists()


def test_a_file_that_cuts_off_the_worker_twice_is_left_out_and_told() -> None:
    row = _given(grow(), 2)
    running._list(row)
    CheckedFile.objects.filter(name="0.txt").update(attempts=2)
    work(once=True)
    assert states(row) == {"0.txt": "unread", "1.txt": "done"}
    assert "两次被打断" in reason(row, "0.txt")


def test_a_long_checking_lets_others_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = grow()
    monkeypatch.setattr(running, "_TURN", -1)
    row = _given(tree, 3)
    other = enqueue("check-files", "别人的", None, checking=str(row.pk))
    with pytest.raises(Later):
        running.check_files(lambda done, total, message="": None, str(row.pk))
    assert sorted(states(row).values()) == ["done", "waiting", "waiting"]
    work(once=True)
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert Job.objects.filter(pk=other.pk).exists()
    assert set(states(row).values()) == {"done"}


def test_a_checking_that_was_deleted_meanwhile_ends_its_job_and_leaves_nothing() -> None:
    tree = grow()
    row = _given(tree, 2)
    client(tree.persons["preparer"]).post(f"/checking/{row.pk}/delete")
    work(once=True)
    assert not row.folder.exists()
    assert "已经删除" in Job.objects.get(about=row.pk).message
