"""Signing in through a bureau's own identity service: it says who somebody is; what they may do is set here."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from mozilla_django_oidc.auth import OIDCAuthenticationBackend

from gouji.web.people.models import Person


class KnownPersons(OIDCAuthenticationBackend):  # type: ignore[misc]
    """Only persons that an administrator has entered, matched by user name (``preferred_username``)."""

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[Person]:
        found: QuerySet[Person] = Person.objects.filter(username=claims.get("preferred_username") or "", is_active=True)
        return found

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        return bool(claims.get("preferred_username"))

    def update_user(self, user: Person, claims: dict[str, Any]) -> Person:
        return user  # names and roles are kept here, not there
