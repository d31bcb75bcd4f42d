"""Survey exports as the tools write them: Qualtrics, SurveyMonkey, Citizen Space."""

from __future__ import annotations

from colloquia.engines.intake import collect, understand

from .helpers import messages, roles, texts

LONG = (
    "We think that the person who guides the machine should "
    "be named, because effort deserves credit and trust."
)
QUALTRICS = [
    [
        "StartDate",
        "EndDate",
        "Status",
        "IPAddress",
        "Duration (in seconds)",
        "RecordedDate",
        "ResponseId",
        "LocationLatitude",
        "UserLanguage",
        "Q1",
        "Q2",
        "Q14",
    ],
    [
        "Start Date",
        "End Date",
        "Response Type",
        "IP Address",
        "Duration (in seconds)",
        "Recorded Date",
        "Response ID",
        "Location Latitude",
        "User Language",
        ("Are you responding as an individual or on behalf of an organisation?"),
        "Do you agree?",
        "Who should own what a machine writes on its own?",
    ],
    [f'{{"ImportId":"{name}","timeZone":"Z"}}' for name in "abcdefghijkl"],
    [
        "2024-03-01 10:00:00",
        "2024-03-01 10:05:00",
        "IP Address",
        "192.0.2.1",
        "300",
        "2024-03-01 10:05:01",
        "R_1aB",
        "46.2",
        "EN",
        "Individual",
        "Yes",
        LONG,
    ],
    [
        "2024-03-02 10:00:00",
        "2024-03-02 10:05:00",
        "Survey Preview",
        "192.0.2.2",
        "30",
        "2024-03-02 10:05:01",
        "R_1Ab",
        "46.2",
        "FR",
        "Organisation",
        "No",
        LONG + " And more.",
    ],
]
SURVEYMONKEY = [
    [
        "Respondent ID",
        "Collector ID",
        "Date Created",
        "Date Modified",
        "IP Address",
        "Email Address",
        "First Name",
        "Last Name",
        ("What do you think of machines that write?"),
        "Which apply?",
        "",
        "In which country are you?",
    ],
    ["", "", "", "", "", "", "", "", "Open-Ended Response", "Author", "Reader", "Response"],
    [
        "11801",
        "446",
        "03/14/2024 09:00",
        "03/14/2024 09:05",
        "192.0.2.1",
        "a@example.org",
        "Ada",
        "Byron",
        LONG,
        "Author",
        "",
        "France",
    ],
    [
        "11802",
        "446",
        "03/15/2024 09:00",
        "03/15/2024 09:05",
        "192.0.2.2",
        "b@example.org",
        "",
        "",
        "No.",
        "",
        "Reader",
        "Kenya",
    ],
]
CITIZEN_SPACE = [
    [
        "Response ID",
        "Submitted on",
        "1: What is your name? - Name",
        "2: What is your email address? - Email",
        ("3: What is your organisation? - Organisation"),
        ("4: Who should own what a machine writes on its own? - Please explain"),
        "5: Must the sources of training data be disclosed? - Yes or no",
        "5: Must the sources of training data be disclosed? - Please give reasons",
    ],
    ["ANON-1-A", "14/02/2024", "Ada", "a@example.org", "Museum of Words", LONG, "Yes", LONG],
    [
        "ANON-2-B",
        "03/02/2024",
        "",
        "",
        "",
        "",
        "No",
        ("Because disclosure costs more than it brings, we would rather not."),
    ],
]


def test_qualtrics_three_heading_rows(write, paper):
    understanding = understand([write("export.csv", QUALTRICS)], paper=paper)

    table = understanding.tables[0]
    assert (table.tool, table.heading_row, table.last_heading_row, table.rows) == ("Qualtrics", 1, 3, 2)
    question = "Q14: Who should own what a machine writes on its own?"
    assert roles(understanding)[question] == "text"
    first, second = collect(understanding)
    assert (first.source_id, first.date, first.language, first.stakeholder) == (
        "R_1aB",
        "2024-03-01",
        "EN",
        "Individual",
    )
    assert first.answers[0].question_id == "IP-01.q1"
    assert first.closed["Q2: Do you agree?"] == "Yes"
    assert second.source_id == "R_1Ab"
    assert any("IPAddress" in note and "personal data" in note for note in understanding.notes)


def test_qualtrics_columns_can_be_mapped_by_their_short_name(write, paper):
    understanding = understand([write("export.csv", QUALTRICS)], maps=["text.IP-02.q1=Q14"], paper=paper)

    assert [answer.question_id for item in collect(understanding) for answer in item.answers] == [
        "IP-02.q1",
        "IP-02.q1",
    ]


def test_surveymonkey_two_heading_rows(write):
    understanding = understand([write("export.csv", SURVEYMONKEY)])

    table = understanding.tables[0]
    assert (table.tool, table.last_heading_row, table.rows) == ("SurveyMonkey", 2, 2)
    first, second = collect(understanding)
    assert (first.source_id, first.person, first.country, first.date) == (
        "11801",
        "Ada Byron",
        "France",
        "2024-03-14",
    )
    assert first.closed == {"Which apply? - Author": "Author"}
    assert texts([first, second]) == [[LONG], ["No."]]


def test_citizen_space_numbered_headings(write, paper):
    understanding = understand([write("export.csv", CITIZEN_SPACE)], paper=paper)

    first, second = collect(understanding)
    assert (first.source_id, first.person, first.organisation, first.date) == (
        "ANON-1-A",
        "Ada",
        "Museum of Words",
        "2024-02-14",
    )
    assert [(answer.question_id) for answer in first.answers] == ["IP-01.q1", "IP-02.q1"]
    assert first.closed == {"5: Must the sources of training data be disclosed? - Yes or no": "Yes"}
    assert second.date == "2024-02-03"
    assert [answer.question_id for answer in second.answers] == ["IP-02.q1"]


def test_no_address_of_a_person_reaches_a_submission(write, paper):
    for rows in (QUALTRICS, SURVEYMONKEY, CITIZEN_SPACE):
        for item in collect(understand([write("export.csv", rows)], paper=paper)):
            assert "@" not in repr(item)
            assert "192.0.2" not in repr(item)


def test_wide_export_without_paper_reads_every_open_question(write):
    understanding = understand([write("export.csv", CITIZEN_SPACE)])

    assert messages(understanding.errors) == []
    assert [len(item.answers) for item in collect(understanding)] == [2, 1]


def test_google_and_microsoft_forms_are_known_by_their_first_columns(tmp_path):
    prose = "We ask for a register of all sources, since nobody can tell today what was used and by whom."
    starts = {"Google Forms": "Timestamp,Username", "Microsoft Forms": "ID,Start time,Completion time"}
    for tool, start in starts.items():
        path = tmp_path / f"{tool}.csv"
        cells = ",".join("2025-03-01 10:00:00" for _ in start.split(","))
        rows = "".join(f'{cells},"{prose} {number}","{prose} {number * 7}"\n' for number in range(8))
        path.write_text(f"{start},What should the law say?,Any other remark\n{rows}", encoding="utf-8")
        understanding = understand([path])
        assert understanding.errors == []
        assert understanding.tables[0].tool == tool
        assert [column.role for column in understanding.tables[0].columns][-2:] == ["text", "text"]
