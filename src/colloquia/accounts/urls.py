"""Addresses of people and their accounts; allauth brings the others."""

from __future__ import annotations

from django.urls import path

from colloquia.accounts.views import bodies, office, own, people, sign_in

urlpatterns = [
    path("link/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("second-factor/", sign_in.second_factor, name="second_factor"),
    path("second-factor/reset/<str:token>/", sign_in.second_factor_reset, name="second_factor_reset"),
    # There are no passwords: allauth's pages about them are out of reach.
    path("password/<path:rest>", sign_in.nothing, name="no_passwords"),
    path("me/", own.account, name="account"),
    path("sessions/", own.sessions, name="sessions"),
    path("sessions/<int:number>/end/", own.end_one, name="session_end"),
    path("sessions/end-others/", own.end_others, name="sessions_end_others"),
    path("export/", own.export, name="account_export"),
    path("erase/", own.erase, name="account_erase"),
    path("people/", people.people, name="people"),
    path("people/new/", people.invite, name="person_invite"),
    path("people/<int:number>/", people.person, name="person"),
    path("people/<int:number>/end-role/", people.end_role, name="person_end_role"),
    path("people/<int:number>/reset/", people.reset, name="person_reset"),
    path("people/<int:number>/<slug:verb>/", people.act, name="person_act"),
    path("organisations/", bodies.organisations, name="organisations"),
    path("organisations/new/", bodies.new_organisation, name="organisation_new"),
    path("organisations/<int:number>/", bodies.organisation, name="organisation"),
    path("organisations/<int:number>/<slug:verb>/", bodies.act_on_organisation, name="organisation_act"),
    path("delegations/", bodies.delegations, name="delegations"),
    path("delegations/new/", bodies.new_delegation, name="delegation_new"),
    path("delegations/<int:number>/", bodies.delegation, name="delegation"),
    path("delegations/<int:number>/<slug:verb>/", bodies.act_on_delegation, name="delegation_act"),
    path("messages/", office.unsent, name="unsent_mail"),
    path("messages/<int:number>/again/", office.try_again, name="unsent_mail_again"),
    path("erasures/", office.erasures, name="erasures"),
]
