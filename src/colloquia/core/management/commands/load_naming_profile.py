"""``colloquia manage load_naming_profile``: put a naming profile in force, or go back to the packaged one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from colloquia.core import services
from colloquia.engines.jurisdictions import ProfileError, load_profile


class Command(BaseCommand):
    """Checks the folder, says everything that is wrong with it, and changes nothing unless all is right."""

    help = "Put the naming profile in FOLDER in force, or the packaged one with --packaged"

    def add_arguments(self, parser: CommandParser) -> None:
        """A folder or ``--packaged``; ``--check`` changes nothing."""
        parser.add_argument("folder", nargs="?", type=Path)
        parser.add_argument("--packaged", action="store_true", help="go back to the profile of the program")
        parser.add_argument("--check", action="store_true", help="only say what is wrong with the folder")

    def handle(self, *_args: Any, folder: Path | None, packaged: bool, check: bool, **_options: Any) -> None:
        """Do it. Raises CommandError with the problems."""
        if (folder is None) != packaged:
            raise CommandError("Give either a folder or --packaged.")
        try:
            if check:
                listed = len(load_profile(folder).territories())
                self.stdout.write(f"The profile is in order: {listed} territories.")
                return
            done = services.install_profile(folder=folder) if folder else services.use_packaged_profile()
        except ProfileError as error:
            raise CommandError(str(error)) from error
        state = "is in force now" if done.changed else "was in force already"
        self.stdout.write(f"The profile {state}: {done.territories} territories.")
