"""Signing in through a bureau's identity service: a small one of the tests' own, on a port of this machine."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, override_settings

from gouji.web import urls
from gouji.web.people import oidc
from gouji.web.trail.recording import recording
from web.tree import grow

pytestmark = pytest.mark.usefixtures("db")
SECRET = "z" * 48


def signed(token: dict[str, Any]) -> str:
    """A JSON Web Token with HS256 (RFC 7519)."""
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in ({"alg": "HS256", "typ": "JWT"}, token)]
    mark = hmac.new(SECRET.encode(), b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(mark).rstrip(b"=")]).decode()


class Service(ThreadingHTTPServer):
    """``claims`` are what it says of whoever comes; ``token`` what it puts into the token beside."""

    claims: dict[str, Any]
    token: dict[str, Any]


class _Answers(BaseHTTPRequestHandler):
    server: Service

    def log_message(self, *_: Any) -> None:
        return

    def _json(self, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert given["code_verifier"][0]
        token = {"sub": "1", "aud": "gouji", "exp": int(time.time()) + 60, "nonce": given["code"][0], **self.server.token}
        self._json({"access_token": "a", "id_token": signed(token)})

    def do_GET(self) -> None:
        self._json(self.server.claims)


@pytest.fixture
def service() -> Iterator[Service]:
    """The service, and the workspace that trusts it."""
    made = Service(("127.0.0.1", 0), _Answers)
    made.claims, made.token = {"preferred_username": "preparer"}, {}
    threading.Thread(target=made.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{made.server_address[1]}"
    conf = ModuleType("oidc_conf")
    conf.urlpatterns = [*urls.urlpatterns, *oidc.urlpatterns]  # type: ignore[attr-defined]
    with override_settings(
        OIDC=True, ROOT_URLCONF=conf, OIDC_RP_CLIENT_ID="gouji", OIDC_RP_CLIENT_SECRET=SECRET, OIDC_RP_SIGN_ALGO="HS256", OIDC_RP_SCOPES="openid profile",
        OIDC_OP_AUTHORIZATION_ENDPOINT=f"{address}/authorize", OIDC_OP_TOKEN_ENDPOINT=f"{address}/token", OIDC_OP_USER_ENDPOINT=f"{address}/user", OIDC_USE_PKCE=True,
        OIDC_CREATE_USER=False, OIDC_TIMEOUT=5, AUTHENTICATION_BACKENDS=["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend", oidc.BACKEND],
    ):  # fmt: skip
        yield made
    made.shutdown()
    made.server_close()


def through(client: Client, next: str = "/projects/") -> Any:
    """To the service and back; what the service is asked for comes back as its code."""
    asked = client.get("/oidc/authenticate", {"next": next})
    assert asked.status_code == 302, asked.content
    given = parse_qs(urlsplit(asked.headers["Location"]).query)
    assert given["redirect_uri"][0].endswith("/oidc/callback")
    assert given["code_challenge_method"] == ["S256"]
    return client.get("/oidc/callback", {"state": given["state"][0], "code": given["nonce"][0]})


def test_a_known_person_comes_in_and_back_to_the_page_that_was_asked_for(service: Service) -> None:
    tree = grow()
    with recording(None):
        tree.persons["preparer"].must_change_password = True
        tree.persons["preparer"].save()
    client = Client()
    assert "用统一身份认证登录" in client.get("/people/login?next=/projects/").content.decode()
    answer = through(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/projects/")
    assert client.get("/projects/").status_code == 200, "nobody who came through the service is asked for a password"


@pytest.mark.parametrize(
    ("claims", "token", "active"),
    [
        ({"preferred_username": "nobody"}, {}, True), ({"email": "preparer"}, {}, True), ({"preferred_username": "preparer"}, {"aud": "another"}, True),
        ({"preferred_username": "preparer"}, {"nonce": "replayed"}, True), ({"preferred_username": "preparer"}, {"exp": 1}, True), ({"preferred_username": "preparer"}, {}, False),
    ],
    ids=["unknown", "no name", "for another program", "replayed", "expired", "barred"],
)  # fmt: skip
def test_whoever_else_comes_is_refused_in_words(service: Service, claims: dict[str, Any], token: dict[str, Any], active: bool) -> None:
    tree = grow()
    with recording(None):
        tree.persons["preparer"].is_active = active
        tree.persons["preparer"].save()
    service.claims, service.token = claims, token
    client = Client()
    answer = through(client)
    assert answer.headers["Location"] == "/people/login?oidc=refused"
    assert "统一身份认证没有成功" in client.get(answer.headers["Location"]).content.decode()
    assert client.get("/projects/").status_code == 302


def test_a_service_that_does_not_answer_or_a_forged_return_leads_to_the_sign_in_page(service: Service) -> None:
    grow()
    client = Client()
    assert client.get("/oidc/callback", {"state": "x", "code": "y"}).headers["Location"] == "/people/login?oidc=refused"
    assert client.get("/oidc/callback", {"error": "denied", "state": "x"}).headers["Location"] == "/people/login?oidc=refused"
    with override_settings(OIDC_OP_TOKEN_ENDPOINT="http://127.0.0.1:9/token"):
        assert through(client).headers["Location"] == "/people/login?oidc=refused"
    assert through(client, "https://elsewhere.example/").headers["Location"] == "/"


def test_without_the_setting_there_is_no_such_way() -> None:
    grow()
    assert "统一身份认证" not in Client().get("/people/login").content.decode()
    assert Client().get("/oidc/callback").status_code == 404
