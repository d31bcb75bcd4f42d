"""Two officers at one moment: one writes, the other is told; without the lock both would write."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from colloquia.accounts.models import User
from colloquia.outcomes import services
from colloquia.outcomes.models import Sentence, Summary
from colloquia.outcomes.services.summaries import stamp
from tests.consultations.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_at_one_sentence_one_is_told(summary: Summary, bruno: User, olga: User) -> None:
    sentence = summary.sentences.get()
    seen = stamp(sentence)

    def write(text: str, by: User) -> Any:
        def act(barrier: threading.Barrier) -> str:
            barrier.wait()
            services.edit_sentence(
                summary=summary, sentence=sentence.pk, text=text, question_id="", seen=seen, by=by
            )
            return text

        return act

    came = at_once(write("Bruno’s.", bruno), write("Olga’s.", olga))
    written = [each for each in came if isinstance(each, str)]
    told = [each for each in came if isinstance(each, services.OutcomeConflict)]
    assert (len(written), len(told)) == (1, 1)
    assert told[0].theirs == written[0] == Sentence.objects.get().text


def test_without_the_lock_the_second_writes_over_the_first(summary: Summary, bruno: User, olga: User) -> None:
    """The control: both look before either writes, and nobody is told."""
    pk = summary.sentences.get().pk

    def write(text: str) -> Any:
        def act(barrier: threading.Barrier) -> str:
            row = Sentence.objects.get(pk=pk)
            same = row.text
            barrier.wait()
            if same == row.text:
                Sentence.objects.filter(pk=pk).update(text=text)
            return text

        return act

    assert at_once(write("Bruno’s."), write("Olga’s.")) == ["Bruno’s.", "Olga’s."]
