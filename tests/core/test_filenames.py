"""Names of files from strangers: safe to show, still recognisable."""

import pytest

from colloquia.core.filenames import of_form, plain_ending, safe_name, storable


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("response.pdf", "response.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\answer.docx", "answer.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "abSet-Cookie_ x.pdf"),
        ("  .hidden  ", "hidden"),
        ("رأي الوفد.pdf", "رأي الوفد.pdf"),
        ("意见 书.docx", "意见 书.docx"),
        ('<img src="x">.html', "_img src=_x__.html"),
        ("con.txt", "_con.txt"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("x" * 300, "x" * 120),
        ("lone\udc80surrogate.txt", "lonesurrogate.txt"),
    ],
)
def test_safe_name(name, safe):
    assert safe_name(name) == safe


def test_storable_keeps_the_name_but_for_what_no_database_takes():
    assert storable("../a\x00b\u202e.pdf") == "../a�b\u202e.pdf"


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("response.PDF", ".pdf"),
        ("Letter of Dr.Okafor", ""),
        ("statement.Ada Example", ""),
        ("archive.tar.gz", ""),
        ("رأي.docx", ".docx"),
        ("pdf", ""),
    ],
)
def test_an_ending_that_may_be_a_person_is_not_given_out(name, ending):
    assert plain_ending(name) == ending


def test_what_browsers_write_as_a_code_in_a_form_is_read_as_they_mean_it():
    assert of_form("the %22best%22 100%25 letter%0D%0A.pdf") == 'the "best" 100%25 letter\r\n.pdf'
