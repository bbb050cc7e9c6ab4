"""``uv run python benchmarks/checking.py [--files 200] [--keep FOLDER]``: a reviewer's zip of two hundred disclosures, from the upload to the workbook.

The disclosures are generated: the sample books, compiled and rendered once as Word, PDF and web page with all statements (some forty pages), under two
hundred names, every third Word file with a figure changed. A ``gouji serve --demo`` on 127.0.0.1 takes them as a browser gives them. No threshold fails.
``--keep`` leaves the data folder, to be looked at with ``gouji serve --data``.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
import zipfile
from pathlib import Path

from timing import machine
from workspace import cpu_of, free_port

import gouji
from gouji.accounts.sample import sample_books
from gouji.rendering.books_template import books_workbook
from gouji.rendering.disclosure.compose import compose
from gouji.rendering.disclosure.formats import writer
from gouji.standards import load

UNIT = "云岭市林泉区文化和旅游局"
REVIEWER, PASSWORD = "shenhe", "gouji-demo-2023"  # of the demonstration's accounts
#: Of ten files so many are of each format, as bureaus publish them.
MIX = ("docx", "docx", "docx", "docx", "docx", "docx", "pdf", "pdf", "html", "html")
_DISTRICTS = ("林泉区", "望江区", "青石区", "东湖区", "安平县", "永宁县", "清溪县", "长岭县")
_OFFICES = (
    "水务局", "教育和体育局", "卫生健康局", "民政局", "司法局", "自然资源局", "农业农村局", "交通运输局", "财政局", "审计局", "统计局", "公安局", "林业局",
    "商务局", "应急管理局", "医疗保障局", "信访局", "档案馆", "退役军人事务局", "市场监督管理局", "生态环境局", "住房和城乡建设局", "发展和改革局", "科学技术局", "乡村振兴局",
)
_ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


def rendered(folder: Path) -> dict[str, bytes]:
    """The sample department's disclosure in each format."""
    books = folder / "账套.xlsx"
    books.write_bytes(books_workbook(sample_books()))
    dossier = gouji.compile(books, jurisdiction="cn-sichuan")
    standards = load("cn-sichuan", dossier.year)
    disclosure = compose(dossier, standards)
    return {form: writer(form)(disclosure, dossier, standards) for form in dict.fromkeys(MIX)}


def under_another_name(word: bytes, name: str, wrong: bool) -> bytes:
    """The Word file as another unit's; ``wrong``: with the first share of its text changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in given.infolist():
            content = given.read(info)
            if info.filename == "word/document.xml":
                text = content.decode().replace(UNIT, name)
                content = (re.sub(r"(\d)(\.\d\d%)", lambda found: f"{(int(found[1]) + 3) % 10}{found[2]}", text, count=1) if wrong else text).encode()
            made.writestr(info, content)
    return out.getvalue()


def archive(files: int, given: dict[str, bytes]) -> tuple[bytes, str]:
    """The zip, and what is in it in words."""
    out, size = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for at in range(files):
            form = MIX[at % len(MIX)]
            name = f"云岭市{_DISTRICTS[at // len(_OFFICES) % len(_DISTRICTS)]}{_OFFICES[at % len(_OFFICES)]}"
            content = under_another_name(given[form], name, at % 3 == 0) if form == "docx" else given[form]
            size += len(content)
            made.writestr(f"{at // 50 + 1}组/{at:03d}{name}.{form}", content)
    told = "、".join(f"{sum(1 for at in range(files) if MIX[at % len(MIX)] == form)} {form}" for form in dict.fromkeys(MIX))
    return out.getvalue(), f"{files} files ({told}), {size / 2**20:.0f} MB, a zip of {out.tell() / 2**20:.0f} MB"


class Reviewer:
    """A browser's session: cookies, the mark of origin."""

    def __init__(self, port: int) -> None:
        self._port, self._cookies = port, dict[str, str]()
        self.open("/people/login")
        self.open("/people/login", urllib.parse.urlencode({"username": REVIEWER, "password": PASSWORD}).encode())

    def open(self, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            heads |= {"Content-Type": kind, "X-CSRFToken": self._cookies.get("csrftoken", "")}
        connection.request("GET" if body is None else "POST", path, body, heads)
        answer = connection.getresponse()
        content = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        if answer.status >= 400:
            raise SystemExit(f"{path}: {answer.status}")
        return answer, content

    def drop(self, name: str, content: bytes) -> str:
        """Gives a file to be checked; the address of the checking."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: application/zip\r\n\r\n'
        answer, _ = self.open("/checking/", head.encode() + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}")
        return answer.headers["Location"]


def started(data: Path, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server whose worker has nothing more to do."""
    port = free_port()
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "gouji.cli", "serve", "--demo", "--port", str(port), "--data", str(data)], stdout=out, stderr=out)
    quiet = 0
    while quiet < 6:  # the demonstration's own books are compiled first
        time.sleep(0.5)
        if process.poll() is not None:
            raise SystemExit(log.read_text())
        quiet = quiet + 1 if "job done" in log.read_text() and not busy(data) else 0
    return process, port


def busy(data: Path) -> bool:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(data / "gouji.sqlite3", timeout=20)) as connection:
        return bool(connection.execute("SELECT count(*) FROM work_job WHERE state IN ('waiting', 'running')").fetchone()[0])


def peak_mb(process: int) -> float:
    """The most memory that a living process has held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def worker_of(server: int) -> int:
    return next(int(child) for each in Path(f"/proc/{server}/task").glob("*/children") for child in each.read_text().split())


def timed(visitor: Reviewer, path: str) -> tuple[float, bytes]:
    begun = time.perf_counter()
    content = visitor.open(path)[1]
    return (time.perf_counter() - begun) * 1000, content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    with contextlib.nullcontext(chosen.keep) if chosen.keep else tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        content, told = archive(chosen.files, rendered(folder))
        process, port = started(folder / "data", folder / "serve.log")
        try:
            measure(process, port, folder / "data", content, told)
        finally:
            process.terminate()
            process.wait(30)


def measure(process: subprocess.Popen[bytes], port: int, data: Path, content: bytes, told: str) -> None:
    visitor, worker = Reviewer(port), worker_of(process.pid)
    before, processor = peak_mb(worker), cpu_of(worker)
    print(f"{machine()}; load of the machine {os.getloadavg()[0]:.1f}.\n{told}.\n\n| what | measured |\n| --- | ---: |")
    begun = time.perf_counter()
    place = visitor.drop("全市2023年度.zip", content)
    print(f"| upload, until the page of progress | {time.perf_counter() - begun:.1f} s |", flush=True)
    pages: list[float] = []
    while busy(data):
        pages.append(timed(visitor, f"{place}?part")[0])
        pages.append(timed(visitor, "/")[0])
        time.sleep(1)
    wall = time.perf_counter() - begun
    taken = cpu_of(worker) - processor
    listed, page = timed(visitor, place)
    files = int(re.search(rb"\xe5\xb7\xb2\xe6\xa0\xb8\xe5\xaf\xb9 (\d+) \xe4\xb8\xaa", page)[1])  # type: ignore[index]  # 已核对 N 个
    print(f"| all {files} read, judged, reports written, summed up | {wall:.0f} s ({taken:.0f} s of the processor): {taken / files * 1000:.0f} ms of the processor a file |")
    print(f"| the worker's memory at most (before: {before:.0f} MB) | {peak_mb(worker):.0f} MB |")
    print(f"| the server's memory at most | {peak_mb(process.pid):.0f} MB |")
    pages.sort()
    print(f"| pages meanwhile (progress, home): median, slowest | {pages[len(pages) // 2]:.0f} ms, {pages[-1]:.0f} ms |")
    print(f"| the list afterwards, the page of statistics | {listed:.0f} ms, {timed(visitor, f'{place}/statistics')[0]:.0f} ms |")
    one = re.search(rf"/checking/files/({_ID})".encode(), page)
    assert one is not None
    print(f"| one report | {timed(visitor, f'/checking/files/{one[1].decode()}/report.html')[0]:.0f} ms |")
    for path, name in (("workbook.xlsx", "the workbook of all"), ("all.zip", "all reports and annotated files")):
        milliseconds, found = timed(visitor, f"{place}/{path}")
        print(f"| {name}: {len(found) / 2**20:.0f} MB, fetched in | {milliseconds:.0f} ms |")
    kept = sum(each.stat().st_size for each in (data / "files" / "checking").rglob("*") if each.is_file())
    print(f"| what is kept on disk | {kept / 2**20:.0f} MB |")


if __name__ == "__main__":
    main()
