"""The addresses of the room."""

from __future__ import annotations

from colloquia.outcomes import outcome_urls, priority_urls, revision_urls, summary_urls

urlpatterns = [
    *summary_urls.urlpatterns,
    *outcome_urls.urlpatterns,
    *revision_urls.urlpatterns,
    *priority_urls.urlpatterns,
]
