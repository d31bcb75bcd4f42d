"""Every address of the site."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from colloquia import patterns, views
from colloquia.accounts.admin import keep_closed
from colloquia.consultations.views import workspace

# Staff sign in like everybody else, with a code or a passkey; the administration has no password form.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
keep_closed()

urlpatterns = [
    path("", views.home, name="home"),
    # Addresses of the first release; what they showed is a consultation now.
    path("analyses/", RedirectView.as_view(pattern_name="consultations", permanent=True)),
    path("analyses/<slug:slug>/", RedirectView.as_view(pattern_name="consultation", permanent=True)),
    path(
        "analyses/<slug:slug>/<str:name>",
        RedirectView.as_view(pattern_name="consultation_file", permanent=True),
    ),
    path("consultations/", include("colloquia.consultations.urls")),
    path("workspace/", workspace.page, name="workspace"),
    path("workspace.json", workspace.page_json, name="workspace_json"),
    path("", include("colloquia.issues.urls")),
    path("", include("colloquia.submissions.urls")),
    path("", include("colloquia.outcomes.urls")),
    path("", include("colloquia.core.urls")),
    path("api/", include("colloquia.api.urls")),
    path("accounts/", include("colloquia.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.health, name="health"),
    path("patterns", patterns.patterns, name="patterns"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]

handler400 = "colloquia.views.unusable"
handler403 = "colloquia.views.refused"
handler404 = "colloquia.views.missing"
handler500 = "colloquia.views.failed"
