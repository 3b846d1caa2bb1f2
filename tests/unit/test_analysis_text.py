"""Text made ready for reading: disguises undone, sentences and clauses cut, offsets exact."""

from hypothesis import given
from hypothesis import strategies as st

from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import normalise
from prepbot.analysis.sentences import clauses_of, segments_of
from prepbot.analysis.words import form_key, words_of


def test_zero_width_characters_vanish_and_offsets_stay() -> None:
    """A word cut up by invisible characters is read whole, and its span covers them in the answer."""
    answer = "the con\u200bver\u00adsion rate"
    plain = normalise(answer)
    start = plain.text.index("conversion")
    assert plain.span(start, start + 10).cut(answer) == "con\u200bver\u00adsion"


def test_look_alike_letters_are_latin_in_mixed_words_only() -> None:
    """A Cyrillic letter inside a Latin word becomes Latin; a word all in Cyrillic stays as it is."""
    assert normalise("cоnversiоn").text == "conversion"
    assert normalise("вот сорок").text == "вот сорок"


def test_typographic_quotes_and_dashes_become_plain() -> None:
    """Curly apostrophes and long dashes read like typed ones."""
    assert normalise("I’d – maybe").text == "I'd - maybe"


@given(st.text())
def test_every_plain_character_knows_its_place(answer: str) -> None:
    """For any text, offsets never fall and stay inside the answer; the letters of a ligature share its place."""
    plain = normalise(answer)
    assert len(plain.text) == len(plain.origin)
    assert list(plain.origin) == sorted(plain.origin)
    assert all(0 <= place < len(answer) for place in plain.origin)


@given(st.text())
def test_segments_and_clauses_are_cut_exactly(text: str) -> None:
    """For any text, each segment and each clause is what stands at its offsets."""
    for segment in segments_of(text):
        assert text[segment.start : segment.end] == segment.text
        for clause in clauses_of(segment):
            assert text[clause.start : clause.end] == clause.text
            assert segment.start <= clause.start < clause.end <= segment.end


def test_a_decimal_does_not_end_a_sentence() -> None:
    """Two sentences are two segments, whatever numbers they hold."""
    assert [s.text for s in segments_of("It fell to 2.5 percent. Then it rose.")] == [
        "It fell to 2.5 percent.",
        "Then it rose.",
    ]


def test_a_semicolon_cuts_and_a_comma_in_a_number_does_not() -> None:
    """Statements joined by a semicolon are segments of their own; 1,400 stays whole."""
    [first, second] = segments_of("We had 1,400 parts; I sorted them.")
    assert (first.text, second.text) == ("We had 1,400 parts", "I sorted them.")


def test_word_forms_keep_conversion_and_conversation_apart() -> None:
    """Plural and hyphen do not matter; two different words never share a form."""
    assert form_key("Click-Through Rates") == form_key("click through rate")
    assert form_key("conversion") != form_key("conversation")


def test_email_is_one_word_however_it_is_spelled() -> None:
    """E-mail, email and e-mails are the same word."""
    assert {word.form for word in words_of("E-mail email e-mails")} == {"email"}


def test_no_names_find_nothing() -> None:
    """A role without KPIs has nothing to find."""
    assert KpiNames([]).find(words_of("conversion rate")) == ()
