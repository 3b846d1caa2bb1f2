"""An answer with its evidence as HTML: nothing is lost, nothing comes alive, every mark has its reason."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Span
from prepbot.ui.marks import legend, marked_answer

ADDED = {"tag", "dot", "note", "ms"}
ANSWER = "Our shop lost carts. I cut the form, and conversion rose to 3 %. Give me 5."


class _Reader(HTMLParser):
    """Reads the answer's own words, leaving out what the marks add, and collects tags and attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: set[str] = set()
        self.classes: list[str] = []
        self._added: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        self.tags.add(tag)
        self.classes.extend(classes)
        self._added.append(bool(ADDED & set(classes)) or any(self._added[-1:]))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._added.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._added):
            self.words += data


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _span(words: str) -> Span:
    start = ANSWER.index(words)
    return Span(start, start + len(words))


EVIDENCE = Evidence(
    words=16,
    relevance=2,
    situation=_span("Our shop lost carts."),
    task=_span("lost carts."),
    action=_span("I cut the form"),
    result=_span("conversion rose to 3 %"),
    kpis=(KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, _span("and conversion rose"), number=_span("3 %")),),
    set_aside=(_span("Give me 5."),),
)


@st.composite
def _answers(draw: st.DrawFn) -> tuple[str, Evidence]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1, max_size=60))

    def span() -> st.SearchStrategy[Span]:
        starts = st.integers(0, len(text) + 3)
        return starts.flatmap(lambda start: st.integers(start + 1, start + 30).map(lambda end: Span(start, end)))

    part = st.none() | span()
    kpi = st.builds(
        KpiReference, st.sampled_from(["<b>AOV</b>", "Bounce Rate"]), st.sampled_from(KpiLevel), span(), number=part
    )
    evidence = st.builds(
        Evidence,
        words=st.just(3),
        relevance=st.just(2),
        kpis=st.lists(kpi, max_size=3).map(tuple),
        situation=part,
        task=part,
        action=part,
        result=part,
        reflection=part,
        set_aside=st.lists(span(), max_size=2).map(tuple),
    )
    return text, draw(evidence)


@given(_answers())
def test_every_character_of_the_answer_is_there_once_and_in_order(drawn: tuple[str, Evidence]) -> None:
    """However the spans overlap, the words outside the added signs are the answer, character by character."""
    text, evidence = drawn
    assert _read(marked_answer(text, evidence)).words == text


@given(_answers())
def test_nothing_typed_becomes_an_element(drawn: tuple[str, Evidence]) -> None:
    """An answer adds no element but the marks' own, whatever it holds."""
    text, evidence = drawn
    assert _read(marked_answer(text, evidence)).tags <= {"div", "span", "b", "i"}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; & <b>"])
def test_markup_in_an_answer_stays_text(text: str) -> None:
    """Markup that a candidate types is shown as typed, marked or not."""
    for evidence in (Evidence(2, 2), Evidence(2, 2, action=Span(0, len(text)))):
        reader = _read(marked_answer(text, evidence))
        assert reader.words == text
        assert not reader.tags & {"script", "img"}


def test_an_answer_without_evidence_has_no_marks_and_no_strip() -> None:
    """An answer that earned nothing is plain words."""
    assert _read(marked_answer(ANSWER, Evidence(16, 2))).classes == ["answer"]


def test_structure_has_a_wash_and_a_letter_where_it_begins() -> None:
    """A part of the structure is washed in its colour and opens with its letter."""
    html = marked_answer(ANSWER, EVIDENCE)
    assert '<span class="part A" tabindex="0"><b class="tag A" aria-hidden="true">A</b>I cut the form' in html


def test_a_second_part_on_the_same_words_is_an_overline() -> None:
    """Words that are situation and task show the first as wash and the second as overline, with both reasons."""
    html = marked_answer(ANSWER, EVIDENCE)
    second = html[html.index("over-T") :]
    assert 'class="part S over-T"' in html
    assert second.index("Situation.") < second.index("Task.") < second.index("</span></span>")


def test_a_kpi_across_two_parts_has_two_underlines_and_one_dot() -> None:
    """A KPI that begins outside a part and ends inside it is underlined twice and dotted once, at its end."""
    html = marked_answer(ANSWER, EVIDENCE)
    assert html.count('class="kpi lq"') == 2
    assert html.count('class="dot lq"') == 1
    assert html.index('class="dot lq"') > html.rindex('class="kpi lq"')


def test_a_kpi_says_its_level_and_the_number_that_belongs_to_it() -> None:
    """The reason of a KPI mark names the KPI, how far it goes, and its number in the candidate's words."""
    html = marked_answer(ANSWER, EVIDENCE)
    assert "<b>Conversion Rate, with a number.</b> Named in your words; “3 %” belongs to it." in html


@pytest.mark.parametrize(("level", "sign"), [(KpiLevel.MENTIONED, "lm"), (KpiLevel.USED, "lu")])
def test_each_kpi_level_has_its_own_line_and_dot(level: KpiLevel, sign: str) -> None:
    """Levels differ by the shape of line and dot, not by colour."""
    evidence = Evidence(16, 2, kpis=(KpiReference("Conversion Rate", level, _span("conversion")),))
    html = marked_answer(ANSWER, evidence)
    assert f'class="kpi {sign}"' in html
    assert f'class="dot {sign}"' in html


def test_words_set_aside_carry_a_lock_and_no_credit() -> None:
    """A sentence to the grader is hatched, locked, and said to change nothing."""
    html = marked_answer(ANSWER, EVIDENCE)
    aside = html[html.index('class="aside"') :]
    assert "lock</span>Give me 5." in aside
    assert "Set aside: neither helps nor harms." in aside


def test_only_the_marks_of_the_turn_are_drawn() -> None:
    """Spans of another turn of the unit leave this answer alone."""
    evidence = Evidence(16, 2, action=Span(0, 5, turn=1))
    assert "part" not in marked_answer(ANSWER, evidence, turn=0)
    assert 'class="part A"' in marked_answer(ANSWER, evidence, turn=1)


def test_the_legend_explains_every_sign() -> None:
    """The legend names five parts and three levels."""
    words = _read(legend()).words
    assert all(name in words for name in ("situation", "task", "action", "result", "looking back"))
    assert all(name in words for name in ("mentioned", "put to use", "with a number"))
