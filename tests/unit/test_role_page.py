"""Role pages: text -> Role and ParseReport."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepbot.domain.role import ParseReport, QuestionKind, Role, StageKind
from prepbot.errors import NotARolePage
from prepbot.reading.role_page import read_role_page, role_id_of
from prepbot.resources import resource

DATA = Path(__file__).parents[1] / "data" / "roles"
EXPECTED: dict[str, Any] = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
BROKEN = DATA / "broken"
SEED = "ecommerce_specialist.txt"

SEED_ACTIVITIES = [
    "Manage Online Store",
    "Optimize Website Performance",
    "Develop Digital Marketing Campaigns",
    "Monitor Competitor Activities",
    "Customer Support",
    "Manage Online Advertising",
    "Collaborate With Cross Functional Teams",
    "Monitor & Analyze Sales Data",
    "Stay Updated With Industry Trends",
]
SEED_KPIS = [
    "Conversion Rate",
    "Average Order Value",
    "Customer Lifetime Value",
    "Cart Abandonment Rate",
    "Website Traffic",
    "Bounce Rate",
    "Average Session Duration",
    "Return on Ad Spend (ROAS)",
    "Email Open Rate",
    "Email Click-Through Rate",
    "Customer Satisfaction Score (CSAT)",
    "Product Reviews",
    "Social Media Engagement",
    "Inventory Turnover",
    "Order Fulfillment Time",
    "Customer Retention Rate",
]
SEED_STAGES = [
    ("Phone screening", StageKind.SCREENING),
    ("First-round interview", StageKind.INTERVIEW),
    ("Skills assessment", StageKind.ASSESSMENT),
    ("Second-round interview", StageKind.PANEL),
    ("Reference check", StageKind.REFERENCES),
    ("Final interview", StageKind.EXECUTIVE),
    ("Offer", StageKind.OFFER),
]
SEED_TOPICS = (
    "Experience|User Experience|Sales|Security|Analytics|Customer Service|SEO|Industry Knowledge|Marketing|"
    "Inventory Management|Customer Retention|Competitor Analysis|Mobile Optimization|Technical Troubleshooting|"
    "Metrics|Checkout Process|Website Performance|Testing|Traffic Generation|Product Management"
)


def page_text(name: str) -> str:
    """A page of the shipped library."""
    return resource(f"knowledge/{name}").read_text(encoding="utf-8")


def read(text: str) -> tuple[Role, ParseReport]:
    """Read a text under an id that no other test minds."""
    return read_role_page(text, "a-role")


def small_page(**sections: str) -> str:
    """A page of a few lines in which a test replaces one section."""
    parts = {
        "head": "Baker\nFunction: Food\nAbout Baker: Bakes bread.",
        "activities": "Primary Activities\n- Knead: Work the dough",
        "kpis": "Key Performance Indicators\n- Waste Rate: Bread that is thrown away",
        "stages": "Selection Process\n-\nPhone screening\nA short call",
        "questions": "Interview Questions\nHow do you bake rye bread?\n|\nBread\n|",
    } | sections
    return "\n".join(part for part in parts.values() if part)


def test_the_real_page_is_read_exactly() -> None:
    """The e-commerce page gives its nine activities, sixteen KPIs and seven stages by name and in order."""
    role, report = read_role_page(page_text(SEED), "ecommerce-specialist")
    assert (role.id, role.title, role.function) == ("ecommerce-specialist", "E-commerce Specialist", "Retail")
    assert role.about.startswith("Manages online sales platforms, updates product listings")
    assert [activity.name for activity in role.activities] == SEED_ACTIVITIES
    assert [kpi.name for kpi in role.kpis] == SEED_KPIS
    assert [(stage.name, stage.kind) for stage in role.stages] == SEED_STAGES
    assert report.warnings == ()


def test_the_real_page_has_twenty_questions_with_their_topics() -> None:
    """Every question of the bank is found with its topic, the one that ends in a full stop included."""
    role, _ = read(page_text(SEED))
    assert [question.id for question in role.questions] == [f"q{number:02d}" for number in range(1, 21)]
    assert "|".join(topic for question in role.questions for topic in question.topics) == SEED_TOPICS
    assert role.questions[8].text == "Describe a successful e-commerce marketing campaign you have executed."


@pytest.mark.parametrize("name", EXPECTED)
def test_the_other_pages_are_read_exactly(name: str) -> None:
    """Title, function, activities, KPIs, stages, questions and topics equal what their author wrote down."""
    role, _ = read(page_text(name))
    expected = EXPECTED[name]
    assert (role.title, role.function) == (expected["title"], expected["function"])
    assert [activity.name for activity in role.activities] == expected["activity_names"]
    assert [kpi.name for kpi in role.kpis] == expected["kpi_names"]
    assert [stage.name for stage in role.stages] == expected["stage_names"]
    found = [{"question": question.text, "topics": list(question.topics)} for question in role.questions]
    assert found == expected["questions"]


@pytest.mark.parametrize("name", [SEED, *EXPECTED])
def test_every_item_stands_on_the_line_it_names(name: str) -> None:
    """Each line number leads to the line of the document that holds the item's name or text."""
    text = page_text(name)
    lines = ["", *text.split("\n")]
    role, _ = read(text)
    assert role.about in lines[role.about_line]
    assert all(item.name in lines[item.line] for item in (*role.activities, *role.kpis, *role.stages))
    assert all(question.text == lines[question.line] for question in role.questions)


def test_only_the_undefined_kpi_is_remarked_upon() -> None:
    """Of the four pages one has a KPI without a definition; the reader says so and nothing else."""
    remarks = [(name, warning) for name in (SEED, *EXPECTED) for warning in read(page_text(name))[1].warnings]
    assert [(name, warning.line) for name, warning in remarks] == [("customer_success_manager.txt", 20)]
    assert "Product adoption depth" in remarks[0][1].message


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\ufeff", "\u00a0\u200b"])
def test_an_empty_document_is_refused_as_empty(text: str) -> None:
    """A document without a visible letter is refused by the word "empty"."""
    with pytest.raises(NotARolePage, match="“a-role” is empty"):
        read(text)


def test_a_recipe_is_refused() -> None:
    """Bullets with colons do not make a role page out of a cake."""
    with pytest.raises(NotARolePage, match="is not a role page"):
        read((BROKEN / "not_a_role.txt").read_text(encoding="utf-8"))


def test_headings_without_content_are_refused_by_title_and_function() -> None:
    """A page of headings is refused in a sentence that names its title and function."""
    with pytest.raises(NotARolePage, match=r"“Payroll Officer” \(Finance\) has headings but no activities, KPIs"):
        read((BROKEN / "headings_only.txt").read_text(encoding="utf-8"))


def test_a_resume_with_one_heading_is_no_role_page() -> None:
    """One heading that résumés also have does not suffice without a function."""
    with pytest.raises(NotARolePage, match="is not a role page"):
        read("Jane Doe\n\nKey Responsibilities\n- Baked bread: every day\n")


@pytest.mark.parametrize("missing", ["activities", "kpis", "stages", "questions"])
def test_a_missing_section_is_remarked_upon(missing: str) -> None:
    """A page that lacks one section is read, and the report names the section for the whole document."""
    role, report = read(small_page(**{missing: ""}))
    assert getattr(role, missing) == ()
    assert [warning.line for warning in report.warnings] == [0]


def test_a_colon_inside_brackets_belongs_to_the_name() -> None:
    """A KPI's name ends at the first colon outside brackets."""
    role, _ = read(small_page(kpis="Key Performance Indicators\n- Ratio (staff: guests): People per guest"))
    assert (role.kpis[0].name, role.kpis[0].definition) == ("Ratio (staff: guests)", "People per guest")


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "+", "1.", "2)"])
def test_every_usual_bullet_opens_an_item(bullet: str) -> None:
    """Hyphens, stars, dots, dashes and numbers are all read as bullets."""
    role, report = read(small_page(kpis=f"Key Performance Indicators\n{bullet} Waste Rate: Thrown away"))
    assert [(kpi.name, kpi.definition) for kpi in role.kpis] == [("Waste Rate", "Thrown away")]
    assert report.warnings == ()


@pytest.mark.parametrize(
    ("cell", "topics"),
    [
        ("Bread, Rye", ("Bread", "Rye")),
        ("Bread\nRye", ("Bread", "Rye")),
        ("Bread; Rye,", ("Bread", "Rye")),
        ("Bread\nBread", ("Bread",)),
    ],
)
def test_several_topics_are_told_apart(cell: str, topics: tuple[str, ...]) -> None:
    """Topics are apart at commas, semicolons and line ends, and each counts once."""
    role, _ = read(small_page(questions=f"Interview Questions\nHow do you bake?\n|\n{cell}\n|"))
    assert role.questions[0].topics == topics


def test_a_question_without_a_topic_does_not_swallow_the_next() -> None:
    """An empty topic cell leaves the following question in its own row, with a remark."""
    rows = "How do you bake?\n|\n|\n|\nHow would you weigh salt?\n|\nSalt\n|"
    role, report = read(small_page(questions=f"Interview Questions\n{rows}"))
    assert [(q.text, q.topics) for q in role.questions] == [
        ("How do you bake?", ()),
        ("How would you weigh salt?", ("Salt",)),
    ]
    assert ["has no topic" in warning.message for warning in report.warnings] == [True]


def test_one_line_rows_are_read_by_their_header() -> None:
    """Markdown rows put question and topic where the header says, links and escaped bars included."""
    table = (
        "| Link | Question | Topic(s) |\n| --- | --- | --- |\n"
        "| [Open](https://example.org/1) | How do you bake \\| fry? | Bread, Oil |\n| | What is rye? | Grain |"
    )
    role, report = read(small_page(questions=f"## Interview Questions\n\n{table}"))
    assert [(q.text, q.topics) for q in role.questions] == [
        ("How do you bake | fry?", ("Bread", "Oil")),
        ("What is rye?", ("Grain",)),
    ]
    assert report.warnings == ()


@pytest.mark.parametrize(
    "stages",
    [
        "-\nPhone screening\nA short call\n-\nTrial shift\nOne night in the bakery",
        "### Phone screening\nA short call\n\n### Trial shift\nOne night in the bakery",
        "**Phone screening**\nA short call\n**Trial shift**\nOne night in the bakery",
        "1. Phone screening: A short call\n2. Trial shift: One night in the bakery",
        "- **Phone screening** – A short call\n- **Trial shift** – One night in the bakery",
        "Phone screening: A short call\nTrial shift: One night in the bakery",
        "Stage 1: Phone screening: A short call\nStage 2: Trial shift: One night in the bakery",
        "Phone screening\nA short call\nTrial shift\nOne night in the bakery",
        "| Stage | Text |\n|---|---|\n| Phone screening | A short call |\n| Trial shift | One night in the bakery |",
    ],
)
def test_stages_are_read_in_every_usual_layout(stages: str) -> None:
    """Lone bullets, headings, bold lines, lists, tables and alternating lines give the same stages."""
    introduction = "Candidates can expect a selection process similar to the one that is outlined below."
    role, report = read(small_page(stages=f"Selection Process\n{introduction}\n{stages}"))
    assert [(stage.name, stage.kind, stage.description) for stage in role.stages] == [
        ("Phone screening", StageKind.SCREENING, "A short call"),
        ("Trial shift", StageKind.ASSESSMENT, "One night in the bakery"),
    ]
    assert report.warnings == ()


def test_a_stage_of_unclear_kind_is_an_interview_and_remarked_upon() -> None:
    """A stage whose words settle nothing is held as an interview, and the report names it."""
    role, report = read(small_page(stages="Selection Process\n-\nMorning coffee\nWe sit down together"))
    assert role.stages[0].kind is StageKind.INTERVIEW
    assert [(warning.line, "Morning coffee" in warning.message) for warning in report.warnings] == [(10, True)]


def test_lines_that_are_not_understood_are_reported_by_number() -> None:
    """A stray line between items is left out of the role and named with its line."""
    text = small_page(kpis="Key Performance Indicators\n- Waste Rate: Thrown away\nSponsored by a mill\n- Sales: Sold")
    role, report = read(text)
    assert [kpi.name for kpi in role.kpis] == ["Waste Rate", "Sales"]
    assert [(warning.line, "Sponsored by a mill" in warning.message) for warning in report.warnings] == [(8, True)]


def test_a_foreign_section_gives_no_items() -> None:
    """What stands under "Benefits" is reported and does not become a KPI."""
    text = small_page(kpis="Key Performance Indicators\n- Waste Rate: Thrown away\n\nBenefits\n- Free bread: Every day")
    role, report = read(text)
    assert [kpi.name for kpi in role.kpis] == ["Waste Rate"]
    assert [warning.line for warning in report.warnings] == [9, 10]


def test_repeated_questions_and_kpis_are_kept_once() -> None:
    """A second copy of a question or KPI is left out and reported."""
    row = "How do you bake?\n|\nBread\n|\n|\n"
    text = small_page(
        kpis="Key Performance Indicators\n- A Rate: x\n- A Rate: y", questions="Interview Questions\n" + row * 2
    )
    role, report = read(text)
    assert (len(role.kpis), len(role.questions)) == (1, 1)
    assert len(report.warnings) == 2


def test_counts_are_bounded_with_a_remark() -> None:
    """No more than 500 questions, 200 KPIs and 40 stages are taken; the report says where reading stopped."""
    text = small_page(
        kpis="Key Performance Indicators\n" + "\n".join(f"- Rate {n}: x" for n in range(300)),
        stages="Selection Process\n" + "\n".join(f"-\nInterview {n}\nA talk" for n in range(60)),
        questions="Interview Questions\n" + "\n".join(f"What is item {n}?\n|\nT\n|" for n in range(600)),
    )
    role, report = read(text)
    assert (len(role.kpis), len(role.stages), len(role.questions)) == (200, 40, 500)
    assert sum("More than" in warning.message for warning in report.warnings) == 3


def test_a_page_without_a_function_or_title_is_read_with_remarks() -> None:
    """Sections alone make a role; its id stands in for the title."""
    role, report = read(small_page(head=""))
    assert (role.title, role.function, len(role.kpis)) == ("a-role", "", 1)
    assert [warning.line for warning in report.warnings] == [0, 0]


def test_navigation_above_the_title_does_not_become_the_title() -> None:
    """The title is the line that the "About" line repeats."""
    role, _ = read(small_page(head="Home\nJobs\nBaker\nFunction: Food\nAbout Baker: Bakes bread."))
    assert role.title == "Baker"


def test_the_hash_belongs_to_the_text_and_not_to_its_line_ends() -> None:
    """CRLF and trailing blanks leave the hash alone; another word changes it."""
    text = small_page()
    same = read(text.replace("\n", " \r\n") + "\r\n\r\n")[0].sha256
    other = read(text.replace("rye", "wheat"))[0].sha256
    assert read(text)[0].sha256 == same != other


@pytest.mark.parametrize(
    ("name", "role_id"),
    [
        ("ecommerce_specialist.txt", "ecommerce-specialist"),
        ("C:\\pages\\Visual Merchandiser.PDF", "visual-merchandiser"),
        ("E-commerce Specialist", "e-commerce-specialist"),
        ("v1.2 Bäcker.docx", "v1-2-bäcker"),
        ("???", "role"),
    ],
)
def test_a_name_gives_a_role_id(name: str, role_id: str) -> None:
    """File names and titles become lower-case words joined by hyphens."""
    assert role_id_of(name) == role_id


_FRAGMENTS = st.sampled_from(
    [
        *(
            "Function: X",
            "Primary Activities",
            "Key Performance Indicators",
            "Selection Process",
            "Interview Questions",
        ),
        *("-", "|", "- ", "| a | b |", "---|---", "# x", "**", "**a**", "About X: y", "Benefits", "How?", "a: b"),
        *("\\|", "[a](b)", "&amp;", "&#10;", "1. ", "- a: b", "### x"),
    ]
)
_DOCUMENTS = st.one_of(st.text(), st.lists(st.one_of(_FRAGMENTS, st.text(max_size=30)), max_size=40).map("\n".join))


@given(_DOCUMENTS)
@settings(deadline=None, max_examples=300)
def test_any_text_is_a_role_or_is_refused(text: str) -> None:
    """Whatever the text, reading it gives a role with content or NotARolePage, and warnings name real lines."""
    try:
        role, report = read(text)
    except NotARolePage:
        return
    assert role.activities or role.kpis or role.stages or role.questions
    line_count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert all(0 <= warning.line <= line_count and warning.message for warning in report.warnings)
    assert len({question.id for question in role.questions}) == len(role.questions)


@given(st.sampled_from([SEED, *EXPECTED]), st.sampled_from(["\r\n", " \n", "\t\r\n", "\u00a0\n", "\r"]), st.randoms())
@settings(deadline=None, max_examples=60)
def test_line_ends_and_trailing_blanks_change_nothing(name: str, end: str, random: Any) -> None:
    """A page whose lines end in blanks or CRLF gives the same role, line numbers and hash included."""
    text = page_text(name)
    ends = [random.choice([end, "\n"]) if end != "\r" else end for _ in text.split("\n")]
    changed = "".join(line + ending for line, ending in zip(text.split("\n"), ends, strict=True))
    assert read(changed) == read(text)


@given(st.integers(min_value=0, max_value=156), st.sampled_from(["", "   ", "\u00a0"]))
@settings(deadline=None, max_examples=60)
def test_an_extra_blank_line_changes_no_content(place: int, blank: str) -> None:
    """A blank line anywhere in the real page moves line numbers and nothing else."""
    lines = page_text(SEED).split("\n")
    role, report = read("\n".join([*lines[:place], blank, *lines[place:]]))
    before, _ = read(page_text(SEED))
    assert [(a.name, a.text) for a in role.activities] == [(a.name, a.text) for a in before.activities]
    assert [(k.name, k.definition) for k in role.kpis] == [(k.name, k.definition) for k in before.kpis]
    assert [(s.name, s.description) for s in role.stages] == [(s.name, s.description) for s in before.stages]
    assert [(q.text, q.topics) for q in role.questions] == [(q.text, q.topics) for q in before.questions]
    assert report.warnings == ()


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_the_four_pages_ask_every_kind_of_question(kind: QuestionKind) -> None:
    """Each kind of question occurs in the library."""
    assert any(question.kind is kind for name in (SEED, *EXPECTED) for question in read(page_text(name))[0].questions)


@pytest.mark.parametrize("place", range(157))
def test_no_line_vanishes(place: int) -> None:
    """A strange line put anywhere into the real page is either part of the role or named in the report."""
    lines = page_text(SEED).split("\n")
    role, report = read("\n".join([*lines[:place], "Zirkon remark", *lines[place:]]))
    reported = {warning.line for warning in report.warnings if "Zirkon remark" in warning.message}
    assert "Zirkon remark" in str(role) or reported == {place + 1}


def test_numbers_before_questions_are_no_part_of_them() -> None:
    """A question is read without the number its page gives it."""
    role, _ = read(small_page(questions="Interview Questions\nQ1: How do you bake? Bread\n2. What is rye? Grain"))
    assert [(q.text, q.topics) for q in role.questions] == [
        ("How do you bake?", ("Bread",)),
        ("What is rye?", ("Grain",)),
    ]
