"""``colloquia sign-in``: a link with which one person signs in once, for who has no mail or lost a factor."""

from __future__ import annotations

import argparse

HELP = "Print a link with which one person signs in once"


def configure(parser: argparse.ArgumentParser) -> None:
    """The person's address; without it, the link is for the first officer."""
    parser.add_argument(
        "email",
        nargs="?",
        metavar="EMAIL",
        help="whom to sign in; left out, the link makes its visitor the first officer",
    )
    parser.add_argument(
        "--reset-second-factor",
        action="store_true",
        help="remove the second factor of this person, who then sets up a new one",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the link and how long it is good for."""
    import django

    django.setup()
    from colloquia import preparation

    preparation.migrate()
    link = _link(arguments.email, reset=arguments.reset_second_factor)
    print(f"Sign in once, within {preparation.LINK_MINUTES} minutes: {link}")
    return 0


def _link(email: str | None, *, reset: bool) -> str:
    from colloquia import preparation
    from colloquia.accounts import services
    from colloquia.accounts.models import User
    from colloquia.cli import CommandError

    if email is None:
        link = preparation.first_officer_link()
        if link is None:
            raise CommandError("an officer exists already; name the person: colloquia sign-in EMAIL")
        return link
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(f"nobody is registered with the address {email}.")
    if not user.is_active:
        raise CommandError(f"the account of {user.email} is closed; an administrator can open it again.")
    if reset:
        services.remove_second_factor(user=user, by=None)
    return preparation.sign_in_link(user)
