"""A sign-in ends without use, and with use at the latest after a day's work; what is not use; which form the server says it has saved."""

from __future__ import annotations

import html
import re
import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from gouji.web.people.expiry import BEGUN, USED
from gouji.web.people.models import Person
from gouji.web.work.models import Job
from web.tree import PASSWORD, grow

pytestmark = pytest.mark.usefixtures("db")


def signed_in() -> Client:
    grow()
    client = Client()
    assert client.post("/people/login", {"username": "head", "password": PASSWORD}).status_code == 302
    return client


def earlier(client: Client, **seconds: int) -> None:
    """Moves the session's own times into the past."""
    session = client.session
    for name, back in seconds.items():
        session[{"begun": BEGUN, "used": USED}[name]] = int(time.time()) - back
    session.save()


def left(client: Client) -> float:
    """Seconds until the stored session ends."""
    return (Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()).total_seconds()


def test_every_use_moves_the_end_and_the_cookie_with_it() -> None:
    client = signed_in()
    assert left(client) == pytest.approx(settings.SESSION_COOKIE_AGE, abs=30)
    earlier(client, begun=3000, used=3000)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=600))
    answer = client.get("/")
    assert left(client) == pytest.approx(settings.SESSION_COOKIE_AGE, abs=30)
    assert answer.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert "sessionid" not in client.get("/").cookies, "not every page writes to the database"


def test_without_use_it_is_over_and_a_page_that_renews_itself_is_no_use() -> None:
    client = signed_in()
    earlier(client, begun=3000, used=3000)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=600))
    client.get("/jobs/?part")
    assert left(client) < 601
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").headers["Location"].startswith("/people/login")


def test_who_watches_a_job_is_told_in_words_and_comes_back_to_the_page() -> None:
    client = signed_in()
    job = Job.objects.create(kind="x", title="编制决算", person=Person.objects.get(username="head"), state="running", done=1, total=4)
    watch = {"HX-Request": "true", "HX-Target": f"job-{job.pk}", "HX-Current-URL": f"http://testserver/jobs/{job.pk}?x=1&y=2"}
    assert "25%" in client.get(f"/jobs/{job.pk}?part", headers=watch).content.decode()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    answer = client.get(f"/jobs/{job.pk}?part", headers=watch)
    told = answer.content.decode()
    assert "登录已经过期：60 分钟没有操作，或登录满了 12 小时" in told
    assert "任务不受影响" in told
    assert f'id="job-{job.pk}"' in told
    assert "hx-" not in told, "it asks no more"
    way = html.unescape(re.findall(r'href="([^"]+)"', told)[0])
    assert "登录已经过期" in client.get(way).content.decode()
    back = client.post("/people/login", {"username": "head", "password": PASSWORD, "next": parse_qs(urlsplit(way).query)["next"][0]})
    assert back.headers["Location"] == f"/jobs/{job.pk}?x=1&y=2"
    client.logout()
    elsewhere = client.get(f"/jobs/{job.pk}?part", headers={**watch, "HX-Current-URL": "http://elsewhere.example.cn/x"}).content.decode()
    assert "elsewhere" not in elsewhere


def test_with_use_it_is_over_at_the_latest_at_the_end_of_the_day() -> None:
    client = signed_in()
    earlier(client, begun=settings.SESSION_AT_MOST - 100, used=3000)
    assert client.get("/").status_code == 200
    assert left(client) == pytest.approx(100, abs=30), "the last stretch is shorter than an idle hour"
    earlier(client, begun=settings.SESSION_AT_MOST + 1, used=0)
    assert client.get("/").headers["Location"].startswith("/people/login")
    assert not Session.objects.exists()


def test_the_server_says_which_form_it_has_saved_and_no_other() -> None:
    client = signed_in()
    given = {"current": PASSWORD, "password": "自己选的口令2023乙", "again": "自己选的口令2023乙", "_kept": "/people/password"}
    assert "gouji_saved" not in client.post("/people/password", {**given, "again": "别的"}).cookies, "a form with mistakes is not saved"
    assert client.post("/people/password", given).cookies["gouji_saved"].value == "%2Fpeople%2Fpassword"
    client.cookies.pop("gouji_saved")
    assert "gouji_saved" not in client.post("/people/password", {**given, "_kept": "x; path=/\r\nSet-Cookie: a=b"}).cookies
    client.logout()
    assert "gouji_saved" not in client.post("/people/password", given).cookies, "a lost session saves nothing"
