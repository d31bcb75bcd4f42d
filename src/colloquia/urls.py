"""Every address of the site."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from colloquia import views

urlpatterns = [
    path("", views.home, name="home"),
    path("analyses/", include("colloquia.analyses.urls")),
    path("accounts/", include("colloquia.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.health, name="health"),
]

handler403 = "colloquia.views.refused"
handler404 = "colloquia.views.missing"
handler500 = "colloquia.views.failed"
