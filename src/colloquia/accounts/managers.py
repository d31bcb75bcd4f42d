"""How people are made and found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from colloquia.accounts.models import User


def record_address(user: User) -> None:
    """Note the address as one that is not yet verified: the first code that is sent to it verifies it."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})


class UserManager(BaseUserManager["User"]):
    """People are known by e-mail address, kept in lower case so that one person is one row."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person, without a password unless one is given."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        record_address(user)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An officer with every right."""
        return self.create_user(
            email, password, **{"is_officer": True, "is_staff": True, "is_superuser": True} | fields
        )

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address, in whatever case it was typed."""
        return self.get(email=(username or "").strip().lower())
