"""Sentences of django-allauth whose translations this program writes itself.

Listed here they enter the catalogues of ``locale/``, which Django asks before allauth's own. Some of those
are wrong in Arabic: a stray letter, a number that is never filled in, a ministry for "MFA".
"""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext_lazy

BORROWED = (
    gettext_noop("A sign-in code has been sent to %(recipient)s."),
    gettext_noop("Add Email"),
    gettext_noop("Add Email Address"),
    gettext_noop("Already have an account? Then please %(link)ssign in%(end_link)s."),
    gettext_noop("Are you sure?"),
    gettext_noop("Authenticator code"),
    gettext_noop("Authenticator secret"),
    gettext_noop("Deactivate"),
    gettext_noop("Deactivate Authenticator App"),
    gettext_noop("Email"),
    gettext_noop("Email Address"),
    gettext_noop("Email address"),
    gettext_noop("Enter Email Verification Code"),
    gettext_noop("Enter Sign-In Code"),
    gettext_noop("Enter an authenticator code:"),
    gettext_noop("Generate"),
    gettext_noop("Incorrect code."),
    gettext_noop("MFA"),
    gettext_noop("Make Primary"),
    gettext_noop("No recovery codes set up."),
    gettext_noop("Re-send Verification"),
    gettext_noop("Remove"),
    gettext_noop("Request Code"),
    gettext_noop("Request new code"),
    gettext_noop("Sign Up"),
    gettext_noop("Sign Up Closed"),
    gettext_noop("Sign-In Code"),
    gettext_noop("Signup"),
    gettext_noop("Successfully signed in as %(name)s."),
    gettext_noop("Two-Factor Authentication"),
    gettext_noop("Use a different email address"),
    gettext_noop("Verified"),
    gettext_noop(
        "You are receiving this email because you, or someone else, tried to access an account with email "
        "%(email)s. However, we do not have any record of such an account in our database."
    ),
    gettext_noop("Your email has been changed from %(from_email)s to %(to_email)s."),
    gettext_noop(
        "Your email verification code is listed below. Please enter it in your open browser window."
    ),
    gettext_noop("Your sign-in code is listed below. Please enter it in your open browser window."),
    ngettext_lazy(
        "There is %(unused_count)s out of %(total_count)s recovery codes available.",
        "There are %(unused_count)s out of %(total_count)s recovery codes available.",
    ),
    ngettext_lazy("You have added %(count)s security key.", "You have added %(count)s security keys."),
)
