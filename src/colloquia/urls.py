"""Every address of the site."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from colloquia import patterns, views

# Staff sign in like everybody else, with a code or a passkey; the administration has no password form.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", views.home, name="home"),
    path("analyses/", include("colloquia.analyses.urls")),
    path("consultations/", include("colloquia.consultations.urls")),
    path("", include("colloquia.issues.urls")),
    path("", include("colloquia.core.urls")),
    path("accounts/", include("colloquia.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.health, name="health"),
    path("patterns", patterns.patterns, name="patterns"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]

handler403 = "colloquia.views.refused"
handler404 = "colloquia.views.missing"
handler500 = "colloquia.views.failed"
