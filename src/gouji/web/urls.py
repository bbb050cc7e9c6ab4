"""All addresses of the workspace."""

from django.conf import settings
from django.urls import include, path

from gouji.web import home

urlpatterns = [
    path("", home.home, name="home"),
    path("health", home.health, name="health"),
    path("people/", include("gouji.web.people.urls")),
    path("projects/", include("gouji.web.performance.urls")),
    path("accounts/", include("gouji.web.final_accounts.urls")),
    path("checking/", include("gouji.web.checking.urls")),
    path("changes/", include("gouji.web.trail.urls")),
    path("jobs/", include("gouji.web.work.urls")),
]
if settings.OIDC:
    from gouji.web.people.oidc import urlpatterns as oidc

    urlpatterns += oidc
handler400 = "gouji.web.errors.unreadable"
handler403 = "gouji.web.errors.forbidden"
handler404 = "gouji.web.errors.missing"
handler500 = "gouji.web.errors.fault"
