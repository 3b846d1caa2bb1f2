"""A review as JSON, Markdown and HTML: the same words and levels, and nothing that a candidate typed comes alive."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prepbot.domain.attempts import Became, EarlierAttempt, PartChange
from prepbot.domain.checks import QUESTIONS
from prepbot.domain.contradiction import Quoted, Said
from prepbot.domain.decision import DecisionCard, Reason, StageDecision, Verdict
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.gap import Gap, GapKind
from prepbot.domain.heard import ClaimKind
from prepbot.domain.interview import Status, Turn
from prepbot.domain.marking import MarkKind
from prepbot.domain.notes import Claim, StageNote
from prepbot.domain.own_questions import OwnQuestion, Standing
from prepbot.domain.plan import Length, PlannedQuestion
from prepbot.domain.report import AnswerCard, CardAnswer, Fix, KnownBefore, KpiCoverage, Review, SourceLine
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, RUBRIC_VERSION, Grade, NotGraded, grade, merged
from prepbot.domain.skeleton import Line
from prepbot.domain.stage_profile import Interviewer
from prepbot.errors import BadInput
from prepbot.exports import FORMATS, export, review_html, review_json, review_markdown
from prepbot.exports.escaping import escaped

FIRST = "Our shop lost carts. I cut the form."
SECOND = "Conversion rose to 3 %. It took six weeks."
HOSTILE = (
    "<script>alert(1)</script> ![x](http://evil.example/x.png) [a](javascript:alert(1)) | **b** & `c`\n"
    "# not a heading\n> not a quote\n- not a list\n1. nor this\n<img src=http://evil.example/y.png onerror=alert(1)>"
)


def _span(text: str, words: str, turn: int = 0) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), turn)


def _review(first: str = FIRST, second: str = SECOND) -> Review:
    """A review of two cards: one answered with a follow-up, one skipped. Everything written by hands is `first`."""
    whole_first, whole_second = Span(0, max(len(first), 1)), Span(0, max(len(second), 1))
    turns = (
        Evidence(words=8, relevance=2, situation=whole_first, action=whole_first, ownership=Ownership.I),
        Evidence(
            words=9,
            relevance=2,
            task=whole_second,
            result=whole_second,
            reflection=whole_second,
            kpis=(KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, whole_second, in_result=True),),
        ),
    )
    if first == FIRST and second == SECOND:
        turns = (
            replace(turns[0], situation=_span(FIRST, "Our shop lost carts."), action=_span(FIRST, "I cut the form")),
            replace(
                turns[1],
                result=_span(SECOND, "Conversion rose to 3 %"),
                reflection=_span(SECOND, "It took six weeks"),
                kpis=(KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, _span(SECOND, "Conversion rose to 3 %")),),
            ),
        )
    unit = merged(turns)
    probe = Turn(4, 0, "interviewer", "probe", "What changed?", "q01", Gap(GapKind.NO_RESULT))
    question = PlannedQuestion("q01", "How did you improve the checkout?", QuestionKind.PAST_BEHAVIOUR, ("UX",), 97)
    interviewer = Interviewer("Noor Haddad", "Recruiter", "noor", "clarity")
    answered = AnswerCard(
        number=1,
        stage_name="Phone screening",
        interviewer=interviewer,
        question=question,
        skipped=False,
        answers=(
            CardAnswer(first, None, "", turns[0]),
            CardAnswer(second, probe, "no result yet", turns[1]),
        ),
        evidence=unit,
        grade=grade(unit),
        first=grade(turns[0]),
        fixes=(Fix(first, "a trade-off", "Say what it cost.", "It cost us …"),),
        after=(SourceLine(first, 20, "kpi"),),
        ordered=(
            Line((MarkKind.ACTION,), first),
            Line((MarkKind.REFLECTION,), "[what it cost, or what you would do differently]", missing=True),
        ),
    )
    skipped = replace(
        answered, number=2, skipped=True, answers=(), evidence=None, grade=None, first=None, fixes=(), after=()
    )
    return Review(
        interview_id="abc123",
        role_title="E-commerce Specialist",
        length=Length.SHORT,
        focus="",
        status=Status.FINISHED,
        engine="rules",
        rubric=RUBRIC_VERSION,
        cards=(answered, skipped),
        coverage=(
            KpiCoverage("Conversion Rate", KpiLevel.QUANTIFIED, (1,)),
            KpiCoverage("Website Traffic", None, ()),
        ),
        decisions=(StageDecision("Phone screening", (1, 2), DecisionCard(Verdict.BORDERLINE, (_reason(first),))),),
    )


def _reason(quote: str) -> Reason:
    return Reason("fit", "Fit", "Answers it.", quote, number=1, share=0.5, speaks_for=True, why="It has to fit.")


def _graded(review: Review) -> Grade:
    given = review.cards[0].grade
    assert isinstance(given, Grade)
    return given


def _with_interval(interval: tuple[int, int] | None) -> Review:
    """The review with an interval around the band of its graded card."""
    review = _review()
    given = replace(_graded(review), interval=interval)
    return replace(review, cards=(replace(review.cards[0], grade=given),))


class _Page(HTMLParser):
    """Collects a page's tags, text and attributes, and notices tags that are not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_shows_every_anchor(kind: str) -> None:
    """Levels are explained in each export by the rubric's own anchors."""
    text = export(_review(), kind)
    for anchor in [*BAND_ANCHORS.values(), *(anchor for criterion in CRITERIA for anchor in criterion.anchors)]:
        plain = anchor.replace("'", "&#39;") if kind == "html" else anchor
        assert plain in text


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_says_why_a_follow_up_was_asked(kind: str) -> None:
    """The follow-up stands with its reason."""
    text = export(_review(), kind)
    assert "What changed?" in text
    assert "no result yet" in text


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_shows_every_check_with_its_words(kind: str) -> None:
    """Ticked and open checks stand in each export, a ticked one with the words that tick it."""
    text = export(_review(), kind)
    for question in (QUESTIONS[name] for name in QUESTIONS if name != "right_facts"):
        assert question.replace("'", "&#39;" if kind == "html" else "'") in text
    ticked = {
        "md": "- [x] States a result, or how you would know: “Conversion rose to 3 %”",
        "html": "States a result, or how you would know <q>Conversion rose to 3 %</q>",
        "json": '"question": "States a result, or how you would know"',
    }
    assert ticked[kind] in text


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_shows_the_interval_beside_the_band(kind: str) -> None:
    """An interval is said in words beside the band; one that is unknown, or a single band, is not."""
    band = _graded(_review()).band
    beside = {"json": f'"Band {band}, most likely 3 to 4"'}.get(kind, f"Band {band} of 5, most likely 3 to 4")
    assert beside in export(_with_interval((3, 4)), kind)
    for interval in (None, (4, 4)):
        assert "most likely" not in export(_with_interval(interval), kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_wide_interval_is_said_calmly(kind: str) -> None:
    """A band that may be two others carries one sentence."""
    assert "read the band as a guess" in export(_with_interval((2, 4)), kind)
    assert "read the band as a guess" not in export(_with_interval((3, 4)), kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_puts_the_answer_in_order(kind: str) -> None:
    """The candidate's own words stand in order with a bracket where something is missing."""
    bracket = "[what it cost, or what you would do differently]"
    assert (escaped(bracket) if kind == "md" else bracket) in export(_review(), kind)


@pytest.mark.parametrize("kind", ["md", "html"])
def test_every_format_says_what_came_only_after_probing(kind: str) -> None:
    """What the answer to a follow-up brought is named beside it."""
    assert "Only after the follow-up: Task; Result; Looking back" in export(_review(), kind)


def test_json_says_what_came_only_after_probing() -> None:
    """Each answer names what counts in it for the first time, the first one nothing."""
    (card, _) = json.loads(review_json(_review()))["cards"]
    assert [answer["brought_out"] for answer in card["answers"]] == [
        [],
        ["Task", "Result", "Looking back", "Conversion Rate, with a number"],
    ]


@pytest.mark.parametrize("kind", ["md", "html"])
def test_words_set_aside_are_said_to_be(kind: str) -> None:
    """A sentence for the grader is shown as what neither helps nor harms."""
    review = _review()
    assert review.cards[0].evidence
    aside = replace(review.cards[0].evidence, set_aside=(_span(SECOND, "It took six weeks", 1),))
    text = export(replace(review, cards=(replace(review.cards[0], evidence=aside),)), kind)
    assert "Set aside: neither helps nor harms" in text


@pytest.mark.parametrize("kind", FORMATS)
def test_a_doubt_about_relevance_is_said(kind: str) -> None:
    """A soft doubt lowers relevance and says so, with what the question was after."""
    review = _review()
    assert review.cards[0].evidence
    doubtful = replace(review.cards[0].evidence, relevance=1, flags=frozenset({Flag.OFF_TOPIC_DOUBT}))
    card = replace(review.cards[0], evidence=doubtful, grade=grade(doubtful))
    text = export(replace(review, cards=(card,)), kind)
    assert "This may answer another question" in text
    assert "The question was after this: “Our shop lost carts." in text


@pytest.mark.parametrize("kind", ["pdf", "docx", "xls", ""])
def test_an_unknown_format_is_refused(kind: str) -> None:
    """A format that is not written yet is refused in one sentence that names those that are."""
    with pytest.raises(BadInput, match="json, md, html"):
        export(_review(), kind)


def test_json_cuts_its_words_from_the_answers() -> None:
    """Each span's text is the answer between its offsets, in the answer that it names."""
    (card, skipped) = json.loads(review_json(_review()))["cards"]
    spans = [
        *(span for criterion in card["grade"]["criteria"].values() for span in criterion["spans"]),
        *(part for part in card["evidence"]["structure"].values() if part),
        card["evidence"]["reflection"],
        *(kpi["words"] for kpi in card["evidence"]["kpis"]),
    ]
    assert len(spans) >= 8
    for span in spans:
        assert card["answers"][span["answer"]]["text"][span["start"] : span["end"]] == span["text"]
    assert {span["answer"] for span in spans} == {0, 1}
    assert (skipped["skipped"], skipped["grade"]) == (True, None)


def test_json_tells_the_first_answer_from_the_probed_one() -> None:
    """`first` is the grade before the follow-up, `grade` the one after it."""
    (card, _) = json.loads(review_json(_review()))["cards"]
    assert card["first"]["band"] < card["grade"]["band"]


def test_not_graded_is_not_a_zero() -> None:
    """A card that is not graded has no band in JSON, and its reason in words elsewhere."""
    review = _review()
    given = NotGraded("The answer is in another language.")
    bare = replace(review, cards=(replace(review.cards[0], grade=given, first=given),))
    assert json.loads(review_json(bare))["cards"][0]["grade"]["band"] is None
    for text in (review_markdown(bare), review_html(bare)):
        assert "Not graded" in text
        assert given.reason in text
        assert "Band 0" not in text


def test_html_marks_the_words_that_earned_points() -> None:
    """A part has its letter and wash, a KPI its underline and one dot, and the answer reads through the marks."""
    html = review_html(_review())
    assert '<b class="tag tag-situation" aria-hidden="true">S</b><span class="wash-situation">Our shop lost' in html
    answers = html.split('<div class="answer">')
    assert answers[2].split("</div>")[0].count('class="dot quantified"') == 1
    assert 'class="kpi quantified">Conversion rose to 3 %</span>' in html
    assert "<b>Conversion Rate, with a number</b> “Conversion rose to 3 %”" in html


def test_html_needs_nothing_else() -> None:
    """The file is well formed and loads nothing: no script, link, image, frame, font or address."""
    html = review_html(_review())
    page = _Page(html)
    assert page.open == []
    assert not {"script", "link", "img", "iframe", "object", "form", "a"} & set(page.tags)
    assert not [value for name, value in page.attributes if name in {"src", "href", "srcset"} or name.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_html_follows_light_and_dark_and_prints() -> None:
    """One file serves both colour schemes and paper."""
    html = review_html(_review())
    assert "color-scheme:light dark" in html
    assert "@media print" in html


def test_hostile_words_stay_words_in_html() -> None:
    """Tags and addresses that a candidate types are text in the page, whole and harmless."""
    html = review_html(_review(HOSTILE, HOSTILE))
    page = _Page(html)
    assert page.open == []
    assert not {"script", "img", "a", "iframe"} & set(page.tags)
    assert page.text.count("<script>alert(1)</script>") >= 4


def test_hostile_words_stay_words_in_markdown() -> None:
    """Rendered, the Markdown holds no image, link, raw HTML or heading of the candidate's making."""
    calm, hostile = (
        MarkdownIt("gfm-like", {"linkify": False}).render(text)
        for text in (review_markdown(_review()), review_markdown(_review(HOSTILE, HOSTILE)))
    )
    page = _Page(hostile)
    assert not {"script", "img", "a", "iframe"} & set(page.tags)
    for tag in ("h1", "h2", "h3", "table", "ol"):
        assert page.tags.count(tag) == _Page(calm).tags.count(tag)
    assert page.text.count("<script>alert(1)</script>") >= 4


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_escaped_words_come_back_as_they_were(text: str) -> None:
    """Rendering escaped text gives the text itself, in one paragraph without any markup."""
    plain = _words(text)
    if not plain:
        return
    for opening in ("", "said "):
        page = _Page(MarkdownIt("gfm-like", {"linkify": False}).render(f"{opening}{escaped(plain)}"))
        assert set(page.tags) == {"p"}
        assert _words(page.text) == f"{opening}{plain}"


@pytest.mark.parametrize(
    "text", ["- a", "+ a", "1. a", "1) a", "# a", "> a", "===", "---", "* a", "| a |", "~~~", "```"]
)
def test_a_line_start_makes_no_block(text: str) -> None:
    """A line that begins like a list, a heading or a rule stays a line."""
    page = _Page(MarkdownIt("gfm-like", {"linkify": False}).render(f"said\n{escaped(text)}\n\n{escaped(text)}"))
    assert set(page.tags) == {"p"}


def test_an_address_is_no_link_in_markdown() -> None:
    """An address that a reader's program would make a link of is broken by its escape and reads the same."""
    text = "see http://evil.example and www.evil.example"
    assert not re.search(r"http://|www\.", escaped(text))
    page = _Page(MarkdownIt("commonmark").render(escaped(text)))
    assert _words(page.text) == text


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_answer_can_be_exported(first: str, second: str) -> None:
    """Whatever was typed, the three files are written, the JSON parses, and the page is well formed."""
    review = _review(first or "x", second or "y")
    record = json.loads(review_json(review))
    assert [answer["text"] for answer in record["cards"][0]["answers"]] == [first or "x", second or "y"]
    assert review_markdown(review).startswith("# E")
    assert _Page(review_html(review)).open == []


def test_an_interview_without_answers_is_said_so() -> None:
    """A review without cards is a short page, not an empty one."""
    empty = replace(_review(), cards=(), coverage=())
    assert "Nothing was answered" in review_html(empty)
    assert "Nothing was answered" in review_markdown(empty)
    assert json.loads(review_json(empty))["cards"] == []


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_says_what_a_stage_already_knew(kind: str) -> None:
    """The notes of earlier stages stand in front of the stage's first card, quoted and escaped."""
    quoted = Quoted(Said("", "I sold <b>forty</b> lamps a week."), Span(0, 32))
    notes = (StageNote(0, "Careers day", (Claim(ClaimKind.FIGURE, quoted),)),)
    text = export(replace(_review(), known=(KnownBefore((1, 2), notes),)), kind)
    assert text.count("Careers day") == 1
    assert "lamps a week" in text
    assert kind == "json" or "<b>forty" not in text


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_shows_what_came_of_the_candidates_questions(kind: str) -> None:
    """A question of the candidate's own stands with its remark."""
    asked = OwnQuestion("What is the team like?", Standing.GENERAL)
    review = _review()
    card = replace(review.cards[0], own_questions=(asked,))
    text = export(replace(review, cards=(card,)), kind)
    assert asked.words in text
    assert asked.remark in text


@pytest.mark.parametrize("kind", FORMATS)
def test_a_stages_decision_stands_in_every_export(kind: str) -> None:
    """The verdict, its reason, the words behind it and why it counts are in all formats, a notice in its place."""
    whole = export(_review(), kind)
    assert all(words in whole for words in ("borderline", "Answers it.", "Our shop lost carts.", "It has to fit."))
    undecided = StageDecision("Phone screening", (1, 2), DecisionCard(None, (), "Too little was graded."))
    assert "Too little was graded." in export(replace(_review(), decisions=(undecided,)), kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_long_answer_is_told_so_in_every_export(kind: str) -> None:
    """What is said about the length of an answer stands with it."""
    review = _review()
    card = review.cards[0]
    long = replace(card.answers[0], too_long="Said aloud, this takes long.")
    told = replace(review, cards=(replace(card, answers=(long, *card.answers[1:])),))
    assert "Said aloud, this takes long." in export(told, kind)
    assert "Said aloud, this takes long." not in export(review, kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_retry_is_compared_in_every_export(kind: str) -> None:
    """What became of each part since the attempt before stands in all formats."""
    review = _review()
    change = PartChange("Result", Became.GAINED)
    earlier = EarlierAttempt("before1", ("I cut it.",), review.cards[0].first, (change,))
    retried = replace(review, cards=(replace(review.cards[0], earlier=earlier), review.cards[1]))
    assert "gained" in export(retried, kind)
    assert "gained" not in export(review, kind)
