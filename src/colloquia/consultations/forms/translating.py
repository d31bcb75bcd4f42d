"""What translators send: a translation of a passage, or a file of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.translations import TranslationKind
from colloquia.consultations.services.translation_files import LARGEST
from colloquia.core.written import direction_of
from colloquia.engines.languages.names import language_name

WHO = (
    (TranslationKind.PERSON, _("A person")),
    (TranslationKind.CORRECTED, _("A program, and a person checked and corrected it")),
    (TranslationKind.MACHINE, _("A program; nobody has checked it")),
)
_TRUTH = _("It is shown beside every translation, so that nobody takes a program's words for a person's.")


class MakersForm(forms.Form):
    """Who made the translations of a page; asked only where one was written."""

    kind = forms.ChoiceField(
        label=_("Who translated what you wrote or pasted here?"),
        choices=WHO,
        widget=forms.RadioSelect,
        required=False,
        help_text=_TRUTH,
    )
    tool = forms.CharField(
        label=_("Program or service"),
        max_length=200,
        required=False,
        help_text=_("Where a program translated: which one."),
    )


class PassageForm(forms.Form):
    """A translation of one passage into ``language``.

    ``seen`` is the key of what stood there when the page was made, 0 for nothing; ``confirmed`` says that a
    person compared it and that it may stay as it is.
    """

    text = forms.CharField(
        label=_("Translation"), required=False, strip=False, help_text=_("An empty field changes nothing.")
    )
    confirmed = forms.BooleanField(required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, data: Any = None, *, language: str, passage_id: str, initial: dict[str, Any], confirm: Any = ""
    ) -> None:
        super().__init__(data, prefix=passage_id, auto_id="%s", initial=initial)
        self.fields["text"].widget = forms.Textarea(
            attrs={"lang": language, "dir": direction_of(language), "rows": 8}
        )
        if confirm:
            self.fields["confirmed"].label = confirm
        else:
            del self.fields["confirmed"]


class TranslationFileForm(forms.Form):
    """A file of translations, and who made them."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLIFF 1.2 or 2.1 (.xlf, .xliff) or the Word table (.docx) that was sent, at most 20 MB."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff,.xml,.docx"}),
    )
    kind = forms.ChoiceField(
        label=_("Who translated it?"), choices=WHO, widget=forms.RadioSelect, help_text=_TRUTH
    )
    tool = forms.CharField(
        label=_("Program or service"),
        max_length=200,
        required=False,
        help_text=_("Where a program translated: which one."),
    )

    def __init__(self, *args: Any, languages: Sequence[str], page_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, language_name(code, page_language)) for code in languages]
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the translations"),
            choices=[("", _("As the file says")), *named],
            required=False,
        )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is copied anywhere."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("The file is larger than 20 MB. Send fewer passages at a time, in several files.")
            )
        return file
