"""A résumé's lines: what is a claim, what is personal, and what happens to files that are none."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate

from prepbot.domain.resume import LineKind, Resume
from prepbot.errors import BadInput, UnreadableFile
from prepbot.reading.resume import MAX_CHARACTERS, MAX_LINES, DocumentResumes, read_resume

CLAIMS = [
    "Increased the conversion rate from 1.8% to 2.6% in nine months by simplifying the checkout and the payment",
    "Responsible for the online shop of a mid-size furniture retailer",
    "Built weekly reports on bounce rate and average order value for the board of the company",
    "We moved the shop to a new platform",
]
TEXT = f"""Jane Muster
jane.muster@example.com | +49 170 1234567
Musterstraße 12, 20095 Hamburg

WORK EXPERIENCE
E-commerce Specialist, Nordlicht Möbel GmbH, 2019 – 2023
• {CLAIMS[0][:77]}
  {CLAIMS[0][77:].strip()}
• {CLAIMS[1]}
Shop Assistant, Kaufhaus Elbe, 03/2016 - 12/2018
- {CLAIMS[2]}
- {CLAIMS[3]}

Education
BA Business, University of Hamburg, 2012-2015
Skills
Shopify, Google Analytics, SQL, Excel
References
Max Boss, head of the shop, max@example.com
"""


def _read(text: str) -> Resume:
    return read_resume(text, "cv.txt")


def _texts(resume: Resume, kind: LineKind) -> list[str]:
    return [line.text for line in resume.lines if line.kind is kind]


def _as_pdf(texts: list[str]) -> bytes:
    styles = getSampleStyleSheet()
    body = [
        Paragraph("Jane Muster", styles["Title"]),
        Paragraph("jane.muster@example.com | +49 170 1234567", styles["BodyText"]),
        Paragraph("Work Experience", styles["Heading2"]),
        Paragraph("E-commerce Specialist, Nordlicht Möbel GmbH, 2019 – 2023", styles["BodyText"]),
        ListFlowable([ListItem(Paragraph(text, styles["BodyText"])) for text in texts], bulletType="bullet", start="•"),
    ]
    file = io.BytesIO()
    SimpleDocTemplate(file).build(body)
    return file.getvalue()


def _as_docx(texts: list[str]) -> bytes:
    document = docx.Document()
    document.add_heading("Jane Muster", 0)
    document.add_paragraph("jane.muster@example.com | +49 170 1234567")
    document.add_heading("Work Experience", 1)
    document.add_paragraph("E-commerce Specialist, Nordlicht Möbel GmbH, 2019 – 2023")
    for text in texts:
        document.add_paragraph(text, style="List Bullet")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_each_line_is_told_apart() -> None:
    """Tasks are claims, headings and entries are not, wrapped lines are joined."""
    resume = _read(TEXT)
    assert [line.text for line in resume.claims] == CLAIMS
    assert _texts(resume, LineKind.HEADING) == ["WORK EXPERIENCE", "Education", "Skills", "References"]
    assert "Shopify, Google Analytics, SQL, Excel" in _texts(resume, LineKind.OTHER)
    assert resume.notices == ()


def test_personal_lines_are_marked() -> None:
    """The name, the addresses and the people named as references are personal."""
    assert _texts(_read(TEXT), LineKind.PERSONAL) == [
        "Jane Muster",
        "jane.muster@example.com +49 170 1234567",
        "Musterstraße 12, 20095 Hamburg",
        "Max Boss, head of the shop, max@example.com",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Phone: 01234 567890",
        "Tel. +44 20 7946 0018",
        "555-123-4567",
        "(0049) 40 123 456 78",
        "0170/1234567",
        "linkedin.com/in/jane-muster",
        "https://janes-page.example/cv",
        "Date of birth: 1 May 1990",
        "Born on 1 May 1990 in Bremen",
        "Nationality: Danish",
        "Marital status: single",
        "12 Old Mill Road, Leeds",
        "Leeds LS1 4AP",
        "Austin, TX 78701",
        "Lange Reihe, Ahornweg 7",
    ],
)
def test_what_is_the_candidates_alone_is_personal(line: str) -> None:
    """Telephone numbers, addresses and personal data are personal in any of their spellings, even as a list item."""
    for written in (line, f"- {line}"):
        resume = _read(TEXT.replace(f"- {CLAIMS[2]}", written))
        assert line in _texts(resume, LineKind.PERSONAL)


@pytest.mark.parametrize(
    "line",
    [
        "Raised sales from 200 000 to 300 000 euros between 2018 and 2020",
        "Planned the season from 01/2019 to 12/2019 with four buyers",
        "Cut 20 steps on the way from the dock to the shelf",
        "Drove the number of orders to 1,200,000 a year",
        "Shipped 12000 parcels a week in 2020 – 2021",
    ],
)
def test_figures_and_years_are_not_personal(line: str) -> None:
    """A claim with figures, years or the word "way" stays a claim."""
    assert line in [claim.text for claim in _read(TEXT.replace(CLAIMS[2], line)).claims]


@pytest.mark.parametrize(("name", "write"), [("cv.pdf", _as_pdf), ("cv.docx", _as_docx)])
def test_a_file_gives_the_same_claims(name: str, write: Callable[[list[str]], bytes]) -> None:
    """The same tasks are read from a real PDF and a real Word document, wrapped as they may be."""
    resume = DocumentResumes().from_upload(name, write(CLAIMS))
    assert [line.text for line in resume.claims] == CLAIMS
    assert "jane.muster@example.com" not in resume.impersonal_text


def test_a_table_is_read_by_its_cells() -> None:
    """A Word table's bars are no words of a line."""
    text = TEXT.replace(f"- {CLAIMS[2]}", "| 2019 | Managed a team of four pickers in the warehouse |")
    assert "2019 Managed a team of four pickers in the warehouse" in [line.text for line in _read(text).lines]


def test_a_paragraph_is_read_by_its_sentences() -> None:
    """A long paragraph becomes a line for each sentence, each with its own range."""
    sentence = "Managed the online shop of a retailer and raised its sales year after year."
    resume = _read(" ".join([sentence] * 4))
    assert [line.text for line in resume.lines] == [sentence] * 4
    assert [resume.text[line.start : line.end] for line in resume.lines] == [sentence] * 4


def test_an_address_in_a_paragraph_hides_its_sentence_alone() -> None:
    """Of a résumé pasted as one paragraph only the sentence with the address is personal."""
    sentence = "Managed the online shop of a retailer and raised its sales year after year."
    resume = _read(f"{sentence} Write to jane.muster@example.com at any time. {sentence} {sentence}")
    assert _texts(resume, LineKind.PERSONAL) == ["Write to jane.muster@example.com at any time."]
    assert [line.text for line in resume.claims] == [sentence] * 3


def test_two_hundred_pages_are_cut_with_a_sentence() -> None:
    """Of a document far too long the beginning is checked, and the notice says so and what to give instead."""
    styles = getSampleStyleSheet()
    body = [part for _ in range(200) for part in (Paragraph(CLAIMS[1], styles["BodyText"]), PageBreak())]
    file = io.BytesIO()
    SimpleDocTemplate(file).build(body)
    resume = DocumentResumes().from_upload("thesis.pdf", file.getvalue())
    (notice,) = resume.notices
    assert len(resume.lines) == MAX_LINES
    assert "“thesis.pdf” is longer than a résumé" in notice
    assert f"first {MAX_LINES} lines" in notice


def test_one_endless_line_is_cut_too() -> None:
    """A pasted text without line ends is bounded as well."""
    resume = _read("I moved boxes. " * 5000)
    assert len(resume.text) <= MAX_CHARACTERS
    assert len(resume.notices) == 1


def test_a_scan_is_refused_with_what_to_do() -> None:
    """A PDF of pictures alone says that it holds no text."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for _ in range(3):
        canvas.rect(100, 100, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    with pytest.raises(UnreadableFile, match=r"“scan\.pdf” holds no text, as a scan"):
        DocumentResumes().from_upload("scan.pdf", file.getvalue())


@pytest.mark.parametrize("text", ["", "Jane Muster\njane@example.com", "1\n2\n3\n" * 5, "\x00 \n"])
def test_too_few_words_are_no_resume(text: str) -> None:
    """A name alone, or a scan's page numbers, asks for the text itself."""
    with pytest.raises(BadInput, match=r"fewer than 20 words.*paste the résumé's text"):
        _read(text)


def test_a_resume_of_lists_says_that_nothing_was_done() -> None:
    """Where no line says what was done, the notice says how to write one."""
    resume = _read("Skills\n" + "\n".join(f"- Shopify, Excel, tool {n}" for n in range(8)))
    assert resume.claims == ()
    assert "beginning with a verb" in resume.notices[0]


def test_a_file_is_read_from_its_path(tmp_path: Path) -> None:
    """A path gives the same lines, called by the file's name."""
    path = tmp_path / "cv.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert DocumentResumes().from_file(path) == _read(TEXT)


_LINES = st.sampled_from(
    [
        *TEXT.split("\n"),
        "",
        "-",
        "•",
        "PROFILE",
        "| a | b |",
        "She said. Then I left. " * 6,
        "\ud800 half",
        "0170 1234567 and more words",
        "Berlin Tours",
    ]
) | st.text(max_size=40)


@given(st.lists(_LINES, min_size=6, max_size=25))
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    """Every line's words stand in its range, ranges follow each other, and what is kept is read the same again."""
    try:
        resume = _read("\n".join(lines))
    except BadInput:
        return
    end = 0
    for line in resume.lines:
        assert end <= line.start < line.end <= len(resume.text)
        end = line.end
    again = _read(resume.impersonal_text)
    assert again.impersonal_text == resume.impersonal_text
    assert [(line.number, line.text) for line in again.claims] == [(line.number, line.text) for line in resume.claims]
