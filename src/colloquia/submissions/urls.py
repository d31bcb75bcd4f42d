"""The addresses of the room."""

from __future__ import annotations

from colloquia.submissions import (
    answering_urls,
    call_urls,
    checking_urls,
    intake_urls,
    publishing_urls,
    receipt_urls,
    retention_urls,
)

urlpatterns = [
    *call_urls.urlpatterns,
    *answering_urls.urlpatterns,
    *checking_urls.urlpatterns,
    *intake_urls.urlpatterns,
    *publishing_urls.urlpatterns,
    *receipt_urls.urlpatterns,
    *retention_urls.urlpatterns,
]
