"""Reference data: loaded once, replaced as a whole, never taking an officer's own rows along."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from colloquia.core import queries, services
from colloquia.core.models import (
    AuditEntry,
    Grouping,
    Language,
    Membership,
    NamingProfile,
    SubnationalUnit,
    Territory,
    TerritoryName,
)
from colloquia.engines.jurisdictions import ProfileError

pytestmark = pytest.mark.django_db

HEADER = "code,name,full_name,sort_key,type,grade,source\n"


@pytest.fixture
def loaded(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    return services.load_reference_data()


def own_profile(folder: Path, extra: str = "") -> Path:
    folder.mkdir()
    about = "field,value\ntitle,Ours\nfallback,en\nsigned_off_by,A. Officer\nsigned_off_on,2026-02-03\n"
    (folder / "profile.csv").write_text(about, encoding="utf-8")
    rows = "FR,France of ours,,b,state,verified,us\nXK,Kosovo of ours,,a,entity,verified,us\n" + extra
    (folder / "en.csv").write_text(HEADER + rows, encoding="utf-8")
    return folder


def counts():
    models = (Territory, TerritoryName, SubnationalUnit, Grouping, Membership, Language, NamingProfile)
    return [model.objects.count() for model in models]


def test_load_fills_every_table_and_is_idempotent(loaded):
    before = counts()
    assert before == [260, 1560, 196, 48, 1034, 184, 1]
    assert services.load_reference_data() == services.Loaded(False, 260, 48, 184)
    assert counts() == before
    assert AuditEntry.objects.filter(verb="core.load_reference_data").count() == 1


def test_loading_again_costs_five_queries(loaded, django_assert_num_queries):
    with django_assert_num_queries(5):
        services.load_reference_data()


def test_an_interrupted_load_is_completed_by_the_next(loaded):
    TerritoryName.objects.all().delete()
    NamingProfile.objects.update(data_fingerprint="")
    services.load_reference_data()
    assert TerritoryName.objects.count() == 1560


def test_a_replacement_that_was_interrupted_is_undone_by_the_next_load(loaded, tmp_path, monkeypatch):
    def power_cut(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(services, "_make_current", power_cut)
        with pytest.raises(KeyboardInterrupt):
            services.install_profile(folder=own_profile(tmp_path / "ours"))
    assert TerritoryName.objects.get(territory="FR", language="en").name == "France of ours"
    assert services.load_reference_data().changed is True
    assert TerritoryName.objects.get(territory="FR", language="en").name == "France"


def test_names_and_order_are_those_of_the_profile(loaded):
    french = (
        TerritoryName.objects.filter(language="fr")
        .order_by("position")
        .values_list("territory_id", flat=True)
    )
    assert list(french)[:5] == ["AF", "ZA", "AL", "DZ", "DE"]
    assert queries.territory_name("TW", "en") == "Taiwan Province of China"
    assert queries.territory_choices("en")[0] == ("AF", "Afghanistan")
    assert Territory.objects.filter(code="XK").exists() is False


def test_groupings_are_dated(loaded):
    codes = [row.code for row in queries.groupings_of("GB", on=date(2020, 1, 31)) if row.code == "MEMBERS-EU"]
    assert codes == ["MEMBERS-EU"]
    assert queries.groupings_of("GB", on=date(2020, 2, 1)).filter(code="MEMBERS-EU").exists() is False
    assert len(queries.members_of("MEMBERS-EU", on=date(2026, 1, 1))) == 27


def test_languages_say_how_they_are_written_and_whether_they_are_analysed(loaded):
    rows = {row.code: (row.endonym, row.direction, row.is_analysed) for row in queries.languages()}
    assert rows["ar"] == ("العربية", "rtl", True)
    assert rows["sw"] == ("Kiswahili", "ltr", False)
    assert rows["zh-hant"] == ("繁體中文", "ltr", True)


def test_an_own_profile_takes_force_everywhere_and_stays_after_the_next_load(loaded, tmp_path, bruno):
    done = services.install_profile(folder=own_profile(tmp_path / "ours"), by=bruno)
    assert done.changed is True
    assert queries.territory_choices("en") == [("XK", "Kosovo of ours"), ("FR", "France of ours")]
    assert services.load_reference_data().changed is False
    current = queries.current_naming_profile()
    assert (current.title, current.signed_off_by, current.signed_off_on) == (
        "Ours",
        "A. Officer",
        date(2026, 2, 3),
    )
    assert list(Territory.objects.filter(is_listed=True).values_list("code", flat=True)) == ["FR", "XK"]
    assert Territory.objects.count() == 261
    services.use_packaged_profile(by=bruno)
    assert queries.territory_name("FR", "en") == "France"
    assert Territory.objects.get(code="XK").is_listed is False


def test_a_profile_that_was_lost_is_said_in_the_log(loaded, tmp_path, caplog):
    import shutil

    services.install_profile(folder=own_profile(tmp_path / "ours"))
    folder = queries.profile_folder(queries.current_naming_profile().fingerprint)
    shutil.rmtree(folder)
    queries._profile.cache_clear()
    assert queries.territory_name("FR", "en") == "France"
    assert f"The naming profile in force is missing at {folder}" in caplog.text
    queries._profile.cache_clear()


def test_a_broken_profile_changes_nothing(loaded, tmp_path):
    before = counts()
    with pytest.raises(ProfileError):
        services.install_profile(folder=own_profile(tmp_path / "ours", extra="FR,Again,,c,state,,\n"))
    assert counts() == before
    assert queries.territory_name("FR", "en") == "France"


def test_sign_off_is_recorded_with_person_and_reason(loaded, bruno):
    services.sign_off_profile(by=bruno, name="Bruno", note="checked against the list", on=date(2026, 3, 4))
    assert queries.current_naming_profile().signed_off_by == "Bruno"
    entry = AuditEntry.objects.get(verb="core.sign_off_profile")
    assert (entry.actor, entry.note) == (bruno, "checked against the list")
    assert entry.changes["signed_off_on"] == [None, "2026-03-04"]


def test_sign_off_needs_a_profile_and_a_name(bruno):
    with pytest.raises(services.ReferenceDataError):
        services.sign_off_profile(by=bruno, name="Bruno")


def test_own_groupings_survive_loading(loaded, bruno):
    services.define_grouping(code="OURS", names={"en": "Our group"}, by=bruno)
    services.place_in_grouping(grouping="OURS", territory="FR", by=bruno, valid_from=date(2020, 1, 1))
    NamingProfile.objects.update(data_fingerprint="")
    services.load_reference_data()
    assert queries.members_of("OURS", on=date(2020, 1, 1)) == ["FR"]
    assert queries.members_of("OURS", on=date(2019, 12, 31)) == []
    assert sorted(AuditEntry.objects.filter(actor=bruno).values_list("verb", flat=True)) == [
        "core.define_grouping",
        "core.place_in_grouping",
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        {"grouping": "NONE", "territory": "FR"},
        {"grouping": "LDC", "territory": "??"},
        {"grouping": "LDC", "territory": "HT"},
        {
            "grouping": "OURS",
            "territory": "FR",
            "valid_from": date(2020, 2, 1),
            "valid_until": date(2020, 1, 1),
        },
        {"grouping": "OURS", "territory": "DE", "valid_from": date(2021, 1, 1)},
    ],
)
def test_place_in_grouping_refuses_nonsense_and_overlaps(loaded, bruno, wanted):
    services.define_grouping(code="OURS", names={"en": "Our group"}, by=bruno)
    services.place_in_grouping(grouping="OURS", territory="DE", by=bruno, valid_from=date(2020, 1, 1))
    with pytest.raises(services.ReferenceDataError):
        services.place_in_grouping(by=bruno, **wanted)


def test_the_command_checks_loads_and_goes_back(loaded, tmp_path, capsys):
    folder = own_profile(tmp_path / "ours")
    call_command("load_naming_profile", str(folder), "--check")
    call_command("load_naming_profile", str(folder))
    call_command("load_naming_profile", str(folder))
    call_command("load_naming_profile", "--packaged")
    assert capsys.readouterr().out.splitlines() == [
        "The profile is in order: 2 territories.",
        "The profile is in force now: 261 territories.",
        "The profile was in force already: 261 territories.",
        "The profile is in force now: 261 territories.",
    ]
    with pytest.raises(CommandError, match="Give either a folder or --packaged"):
        call_command("load_naming_profile")
    with pytest.raises(CommandError, match="there is no such folder"):
        call_command("load_naming_profile", str(tmp_path / "none"))
