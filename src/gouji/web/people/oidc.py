"""Signing in through a bureau's own identity service (OpenID Connect): it says who somebody is; what they may do is set here.

Switched on by the environment (docs/deployment.md); the password stays as the other way in.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import path
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView

from gouji.web.people.models import Person

log = logging.getLogger("gouji.people")
#: How a session says that its person came through the service.
BACKEND = "gouji.web.people.oidc.KnownPersons"


class KnownPersons(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Only persons that an administrator has entered, matched by user name (``preferred_username``)."""

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Person]:
        found: QuerySet[Person] = Person.objects.filter(username=claims.get("preferred_username") or "", is_active=True)
        return found

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(claims.get("preferred_username"))

    def verify_token(self, token: str, **kwargs: Any) -> Any:
        payload = super().verify_token(token, **kwargs)
        meant = payload.get("aud")
        if self.OIDC_RP_CLIENT_ID not in (meant if isinstance(meant, list) else [meant]):
            raise SuspiciousOperation("the token is for another program")
        return payload

    def create_user(self, claims: dict[str, Any]) -> None:
        return None  # OIDC_CREATE_USER is off; nobody is made by signing in

    def update_user(self, user: Person, claims: dict[str, Any]) -> Person:
        return user  # names and roles are kept here, not there


class Callback(OIDCAuthenticationCallbackView):  # type: ignore[misc]
    """The way back from the service. Whatever goes wrong leads to the sign-in page with a sentence."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().get(request)
        except Exception:  # a service that does not answer, a token that is forged, expired or another program's: the libraries beneath have an error for each
            log.warning("sign-in through OpenID failed", exc_info=True)
            return self.login_failure()
        return answer if request.user.is_authenticated else self.login_failure()

    def login_failure(self) -> HttpResponseBase:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'oidc': 'refused'})}")


urlpatterns = [
    path("oidc/authenticate", login_not_required(OIDCAuthenticationRequestView.as_view()), name="oidc_authentication_init"),
    path("oidc/callback", login_not_required(Callback.as_view()), name="oidc_authentication_callback"),
]
