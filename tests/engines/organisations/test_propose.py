"""What is joined, what is proposed and why, and what is never joined."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colloquia.engines.organisations import REASONS, Mention, Proposal, Resolution, propose


def mentions(*rows: str) -> list[Mention]:
    """Rows of ``name | country | e-mail domain | stakeholder``; ids are m0, m1, …"""
    parts = [[cell.strip() for cell in row.split("|")] + [""] * 3 for row in rows]
    return [
        Mention(f"m{place}", name, country, mail, stakeholder=stakeholder)
        for place, (name, country, mail, stakeholder, *_) in enumerate(parts)
    ]


def groups(found: Resolution) -> list[tuple[str, ...]]:
    return sorted(body.mentions for body in found.bodies)


def only(found: Resolution) -> Proposal:
    (proposal,) = found.proposals
    return proposal


def grounds(proposal: Proposal) -> list[str]:
    return [str(reason) for reason in proposal.reasons if not reason.against]


def against(proposal: Proposal) -> list[str]:
    return [str(reason) for reason in proposal.reasons if reason.against]


def test_the_same_name_as_folded_is_one_body() -> None:
    found = propose(
        mentions("Kestrel Press Ltd | GB", "KESTREL  PRESS LTD. | GB", "Kestrel Press Limited | GB")
    )
    assert groups(found) == [("m0", "m1", "m2")]
    (body,) = found.bodies
    assert (body.key, body.name) == ("kestrel press ltd|GB", "Kestrel Press Limited")
    assert (body.country, body.domains) == ("GB", ())
    assert body.spellings == ("KESTREL PRESS LTD.", "Kestrel Press Limited", "Kestrel Press Ltd")
    assert found.proposals == ()


def test_the_most_frequent_spelling_is_the_name() -> None:
    found = propose(mentions("KESTREL PRESS | GB", "Kestrel press | GB", "Kestrel press | GB"))
    assert [body.name for body in found.bodies] == ["Kestrel press"]


@pytest.mark.parametrize(
    "rows",
    [
        ("Kestrel Press Ltd | GB", "Kestrel Press | GB"),
        ("Kestrel Press Ltd |  | kestrel.example", "Kestrel Press |  | kestrel.example"),
        ("Kestrel Press Ltd | GB", "Kestrel Press Ltd"),
        ("The Kestrel Press | GB", "Kestrel Press | GB"),
        ("株式会社ミドリ演算 | JP", "ミドリ演算 | JP"),
    ],
)
def test_a_name_that_states_less_is_joined_where_nothing_contradicts(rows: tuple[str, str]) -> None:
    assert groups(propose(mentions(*rows))) == [("m0", "m1")]


@pytest.mark.parametrize(
    "rows",
    [
        ("Kestrel Press Ltd", "Kestrel Press"),
        ("Kestrel Press Ltd | GB", "Kestrel Press Inc | GB"),
        ("Kestrel Press | GB", "Kestrel Press | US"),
        ("Kestrel Press | GB | kestrel.example", "Kestrel Press | | other.example"),
        ("Kestrel Press Ltd | GB", "Kestrel Press LLP | GB", "Kestrel Press | GB"),
        ("Ministry of Culture | KE", "Ministry of Culture"),
        ("UGHM | AT | ughm.example", "UGHM | AT | hats.example"),
        ("Lamplighters Local 12", "Lamplighters Local 21"),
        ("青野大学", "青木大学"),
    ],
)
def test_what_differs_in_more_is_not_joined(rows: tuple[str, ...]) -> None:
    assert groups(propose(mentions(*rows))) == [(f"m{place}",) for place in range(len(rows))]


def test_a_blank_country_joins_none_where_there_are_two() -> None:
    found = propose(mentions("Kestrel Press | GB", "Kestrel Press | US", "Kestrel Press"))
    assert groups(found) == [("m0",), ("m1",), ("m2",)]


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        (("Kestrel Press Ltd", "Kestrel Press"), ["same name without legal form"]),
        (("Kestrel Press Ltd", "Kestral Press Ltd"), ["one letter differs"]),
        (("Kestrel Quill Press", "Kestral Quill Prass"), ["letters differ 2"]),
        (("Lindmark University", "University of Lindmark"), ["word order differs"]),
        (("Univ. of Lindmark", "University of Lindmark"), ["abbreviated words univ"]),
        (("Guild of Harps", "Guild for Harps"), ["small words differ"]),
        (("Glass Harp Makers", "Glassharp Makers"), ["spacing differs"]),
        (("Müllersche Orgel", "Muellersche Orgel"), ["written variants"]),
        (("白川大學", "白川大学"), ["written variants"]),
        (("Северный фонарь", "Severnyy Fonar"), ["same name in another script"]),
        (("日本青野 (Aono Robotics)", "Aono Robotics"), ["states the other's name"]),
        (
            ("Union of Glass Harp Makers | AT", "Union of Glass Harp Makers (UGHM) | AT"),
            ["states the acronym", "same country AT"],
        ),
        (("UGHM | AT", "Union of Glass Harp Makers | AT"), ["acronym of UGHM", "same country AT"]),
        (
            ("青野印刷 | JP | aono.example", "Aono Printing | JP | aono.example"),
            ["same e-mail domain aono.example", "same country JP"],
        ),
        (
            ("Kestrel Press | | kestrel.example", "Kestral Press | | kestrel.example"),
            ["one letter differs", "same e-mail domain kestrel.example"],
        ),
    ],
)
def test_proposals_give_their_reasons(rows: tuple[str, str], reasons: list[str]) -> None:
    found = only(propose(mentions(*rows)))
    assert (found.kind, grounds(found), against(found)) == ("same", reasons, [])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("Kestrel Press | GB", "Kestrel Press | US"), "same name, other country GB / US"),
        (("Kestrel Press Ltd", "Kestrel Press Inc"), "other legal form inc / ltd"),
        (
            ("Kestrel Press | GB | a-press.example", "Kestral Press | GB | b-press.example"),
            "other e-mail domain a-press.example / b-press.example",
        ),
        (
            ("Kestrel Press | GB | | company", "Kestral Press | GB | | museum"),
            "other kind of respondent company / museum",
        ),
    ],
)
def test_what_speaks_against_is_said_and_lowers_the_score(rows: tuple[str, str], reason: str) -> None:
    found = only(propose(mentions(*rows)))
    assert against(found) == [reason]
    assert found.score < 0.75


@pytest.mark.parametrize(
    "rows",
    [
        ("Tideline Music | IE | gmail.com", "Harbour Poets | IE | gmail.com"),
        ("云杉科技 | CN | qq.com", "Spruce Lamps | CN | qq.com"),
        ("Chamber 3 of Bells", "Chamber 13 of Bells"),
        ("Ministry of Culture | KE", "Ministry of Culture | GH"),
        ("Austrian Quill Makers", "Australian Quill Makers"),
        ("Association of Harp Printers", "Association of Harp Publishers"),
        ("Faculty of Law, University of Lindmark", "Faculty of Medicine, University of Lindmark"),
        ("青野大学", "青木大学"),
    ],
)
def test_what_has_nothing_in_common_is_not_proposed(rows: tuple[str, str]) -> None:
    found = propose(mentions(*rows))
    assert [one for one in found.proposals if one.kind == "same"] == []


@pytest.mark.parametrize(
    ("whole", "part", "reason"),
    [
        ("University of Lindmark", "Faculty of Law, University of Lindmark", "names a part faculty"),
        ("University of Lindmark", "University of Lindmark - Faculty of Law", "names a part faculty"),
        ("青野大学", "青野大学法学部", "names a part 学部"),
        ("Transparency Lantern", "Transparency Lantern Kenya", "names a territory kenya"),
        (
            "Universidad de Montealto",
            "Facultad de Derecho de la Universidad de Montealto",
            "names a part facultad",
        ),
        ("جامعة الندى", "كلية القانون جامعة الندى", "names a part كليه"),
    ],
)
def test_a_part_is_proposed_as_a_part_and_never_joined(whole: str, part: str, reason: str) -> None:
    found = propose(mentions(whole, part))
    assert groups(found) == [("m0",), ("m1",)]
    proposal = only(found)
    names = {body.key: body.name for body in found.bodies}
    assert (proposal.kind, [names[key] for key in proposal.keys]) == ("part of", [whole, part])
    assert grounds(proposal)[0] == reason


def test_a_section_of_a_body_by_its_acronym() -> None:
    found = propose(mentions("Association of Basalt Xylographers | US", "ABX Section of Property Law | US"))
    proposal = only(found)
    assert (proposal.kind, grounds(proposal)) == (
        "part of",
        ["names a part section", "holds the acronym ABX", "same country US"],
    )


def test_two_bodies_that_wrote_together_are_part_of_neither() -> None:
    assert propose(mentions("Quill Museum", "Quill Museum and Harp Centre")).proposals == ()


def test_persons_and_blanks_are_no_organisations() -> None:
    found = propose(
        mentions(
            "Kestrel Press | GB | | individual", "N/A", " ", "なし", "private citizen", "Kestrel Press | GB"
        )
    )
    assert groups(found) == [("m5",)]
    assert [(one.mention_id, one.reason) for one in found.left_out] == [
        ("m0", "person"),
        ("m1", "not a name"),
        ("m2", "no name"),
        ("m3", "not a name"),
        ("m4", "not a name"),
    ]


@pytest.mark.parametrize(
    ("stakeholder", "kept"),
    [
        ("Individual / member of the public", 0),
        ("Individual (creator)", 0),
        ("individual creator", 0),
        ("个人", 0),
        ("University", 1),
        ("Individuals' rights organisation", 1),
    ],
)
def test_kinds_of_respondent_that_are_persons(stakeholder: str, kept: int) -> None:
    assert len(propose([Mention("m0", "Amara Quill", stakeholder=stakeholder)]).bodies) == kept


def test_what_a_person_decided_is_not_proposed_again() -> None:
    rows = mentions("Kestrel Press Ltd", "Kestrel Press")
    keys = only(propose(rows)).keys
    assert propose(rows, decided=[(keys[1], keys[0])]).proposals == ()
    assert propose(rows, decided=[("gone|", keys[0])]).proposals != ()


def test_keys_are_found_again_when_more_arrives() -> None:
    before = propose(mentions("Kestrel Press | GB"))
    after = propose(mentions("Kestrel Press | GB", "Kestrel Press Ltd | GB", "Kestrel Press Ltd | GB"))
    (old,), (new,) = before.bodies, after.bodies
    assert old.key in new.keys
    assert new.key == "kestrel press ltd|GB"


def test_a_mention_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="The mention m0 is given twice"):
        propose([Mention("m0", "Kestrel"), Mention("m0", "Kestrel")])


def test_progress_ends_at_all_mentions() -> None:
    heard: list[tuple[str, int, int]] = []
    propose(mentions("Kestrel", "Kestral"), progress=lambda *told: heard.append(told))
    assert (heard[0], heard[-1]) == (("organisations", 0, 2), ("organisations", 2, 2))


def test_a_body_has_a_bounded_number_of_proposals() -> None:
    found = propose(mentions(*(f"Kestrel Harp Makers {word}" for word in SLIPPED)))
    by_body = [sum(body.key in one.keys for one in found.proposals) for body in found.bodies]
    assert len(found.proposals) <= 3 * len(found.bodies)
    assert min(by_body) >= 1


SLIPPED = [f"Foundat{letter}on" for letter in "aeiouxyz"] + ["Foundation"]

NAMES = st.sampled_from(
    [
        "Kestrel Press", "Kestrel Press Ltd", "Kestral Press", "KESTREL PRESS INC", "ABX",
        "Ministry of Culture",
        "Association of Basalt Xylographers", "ABX Law Section", "青野大学",
        "青野大學法学部", "Aono", "", "n/a",
    ]
)  # fmt: skip
COUNTRIES = st.sampled_from(["", "GB", "US"])
DOMAINS = st.sampled_from(["", "gmail.com", "kestrel.org", "abx.org"])
DRAWN = st.lists(st.tuples(NAMES, COUNTRIES, DOMAINS), max_size=12)


@given(DRAWN, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_result_depends_on_the_mentions_and_not_on_their_order(drawn, random) -> None:
    listed = [Mention(f"m{place}", *fields) for place, fields in enumerate(drawn)]
    shuffled = random.sample(listed, len(listed))
    one, other = propose(listed), propose(shuffled)
    assert one.proposals == other.proposals
    assert [(body.key, body.keys, body.name) for body in one.bodies] == [
        (body.key, body.keys, body.name) for body in other.bodies
    ]
    assert {frozenset(body.mentions) for body in one.bodies} == {
        frozenset(body.mentions) for body in other.bodies
    }


@given(DRAWN)
@settings(deadline=None)
def test_every_mention_is_in_one_place_and_every_reason_is_known(drawn) -> None:
    listed = [Mention(f"m{place}", *fields) for place, fields in enumerate(drawn)]
    found = propose(listed)
    placed = [mention for body in found.bodies for mention in body.mentions]
    assert sorted(placed + [one.mention_id for one in found.left_out]) == sorted(
        one.mention_id for one in listed
    )
    keys = {body.key for body in found.bodies}
    assert len(keys) == len(found.bodies)
    for proposal in found.proposals:
        assert set(proposal.keys) <= keys
        assert proposal.keys[0] != proposal.keys[1]
        assert 0.4 <= proposal.score <= 0.99
        assert {reason.ground for reason in proposal.reasons} <= REASONS.keys()
