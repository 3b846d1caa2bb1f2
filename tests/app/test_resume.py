"""The Résumé page: a résumé line by line against a role, a job advert beside it, and what cannot be read."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas
from streamlit.testing.v1 import AppTest

from prepbot.candidate_ports import Paper
from prepbot.domain.origin import Origin
from prepbot.domain.pick_up import TOPIC
from prepbot.domain.plan import Length, Plan
from prepbot.exports import export
from prepbot.wiring import Prepbot, open_prepbot
from tests.app.pages import interview_id, press, shown, the_app, the_page

SEED = "ecommerce-specialist"
RESUME = """Jane Muster
jane.muster@example.com

EXPERIENCE
Shop Manager, Nordlicht GmbH, 2019 - 2023
- Increased conversion rate from 1.8% to 2.6% by simplifying the checkout
- Built weekly reports on bounce rate for the board
- Responsible for the online shop of a furniture retailer
- We moved the shop to <b>Magento</b> :red[2]
"""
ADVERT = """Online shop manager wanted
Your tasks
- You handle hazardous goods papers for shipments to Switzerland
- You optimise the conversion rate of our shop
Your profile
- Fluent in French and English
- Experience with SAP S/4HANA and <i>marketplaces</i>
"""


def _papers() -> tuple[Paper, ...]:
    return open_prepbot().store.papers(SEED)


def _keep_resume() -> Prepbot:
    bot = open_prepbot()
    bot.resumes.keep(bot.roles.get(SEED).role, bot.resumes.read_pasted(RESUME))
    return bot


def _paste(app: AppTest, place: int, text: str, button: str) -> AppTest:
    app.text_area[place].set_value(text)
    return press(app, button)


def _upload(app: AppTest, name: str, data: bytes) -> AppTest:
    return app.file_uploader[0].set_value((name, data, "application/octet-stream")).run()


def test_the_empty_page_offers_both_papers() -> None:
    """Without a résumé and an advert each can be given as a file or pasted, and what is kept is said."""
    app = the_page("Résumé")
    assert [uploader.label.split(":")[0] for uploader in app.file_uploader] == [
        "Drop your résumé here",
        "Drop your job advert here",
    ]
    assert "without the lines that name you" in shown(app)
    assert not app.error


def test_a_pasted_resume_is_checked_line_by_line() -> None:
    """KPIs, openings and missing numbers stand beside each line, and KPIs that appear nowhere are named."""
    text = shown(_paste(the_page("Résumé"), 0, RESUME, "Check it"))
    assert "Increased conversion rate from <b>1.8% to 2.6%</b>" in text
    assert "Conversion Rate, with a number" in text
    assert "opens with a duty: “Responsible for”" in text
    assert '<td>Email Open Rate</td><td><span class="none">nowhere</span></td>' in text


def test_one_of_a_kind_is_said_as_one() -> None:
    """The sentence of counts agrees with its numbers."""
    two = "\n".join(RESUME.splitlines()[:6] + RESUME.splitlines()[7:8])
    text = shown(_paste(the_page("Résumé"), 0, two, "Check it"))
    assert "1 opens with a verb, 1 gives a number, and 1 of 16 KPIs appears." in text


def test_lines_to_rewrite_are_the_candidates_own_words() -> None:
    """A skeleton keeps the line's words and puts a bracket where something is missing."""
    app = _paste(the_page("Résumé"), 0, RESUME, "Check it")
    assert "[what you did: a verb] the online shop of a furniture retailer [your figure]" in [c.value for c in app.code]


def test_nothing_personal_is_kept() -> None:
    """The stored résumé has neither name nor address."""
    _paste(the_page("Résumé"), 0, RESUME, "Check it")
    (paper,) = _papers()
    assert "Muster" not in paper.text
    assert "example.com" not in paper.text


def test_a_resume_is_forgotten_after_a_question() -> None:
    """Forgetting takes a second button and leads back to the empty page."""
    _keep_resume()
    app = press(the_page("Résumé"), "Forget the résumé")
    assert not _papers()
    assert "Your résumé is forgotten." in shown(app)
    assert "Check it" in [button.label for button in app.button]


def test_markup_in_papers_stays_text() -> None:
    """HTML and Markdown in a résumé and in an advert are shown as words."""
    _keep_resume()
    app = _paste(the_page("Résumé"), 1, ADVERT, "Read it")
    html = "".join(element.proto.body for element in app.get("html"))
    assert "<b>Magento" not in html
    assert "<i>market" not in html
    assert not any(":red[2]" in element.value for kind in (app.markdown, app.caption) for element in kind)


def test_an_advert_adds_topics_that_are_marked() -> None:
    """What only the advert asks for is listed as the advert's, and kept beside this role alone."""
    app = _paste(the_page("Résumé"), 1, ADVERT, "Read it")
    text = shown(app)
    assert "hazardous goods" in text
    assert "job advert</span>" in text
    assert "You optimise the conversion rate" not in text
    assert [paper.role_id for paper in _papers()] == [SEED]
    other = open_prepbot().roles.get("visual-merchandiser").role
    assert "hazardous goods" not in shown(app.selectbox[0].select(other).run())


@pytest.mark.parametrize(
    ("text", "said"), [("  ", "The field is empty"), ("Jane Muster\nSales", "fewer than 20 words")]
)
def test_a_paste_that_is_no_resume_stays_in_its_field(text: str, said: str) -> None:
    """One sentence says why, nothing is kept, and the words stay in the field."""
    app = _paste(the_page("Résumé"), 0, text, "Check it")
    (error,) = app.error
    assert said in error.value
    assert app.text_area[0].value == text
    assert not _papers()


def _scan() -> bytes:
    """A page with a grey box on it and no text."""
    data = BytesIO()
    page = Canvas(data)
    page.rect(50, 50, 400, 500, fill=1)
    page.showPage()
    page.save()
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scan.pdf", _scan(), "holds no text, as a scan or a picture does"),
        ("large.txt", b"word " * 2_100_000, "larger than 10 MB"),
        ("photo.docx", b"\x89PNG\r\n\x1a\n" + bytes(100), "is not a Word document inside"),
        ("photo.png", b"\x89PNG", "is of a type that cannot be read"),
        ("empty.txt", b"  ", "is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name: str, data: bytes, said: str) -> None:
    """The reason names the file; nothing is kept, and what was typed meanwhile stays."""
    app = the_page("Résumé")
    app.text_area[0].set_value("Typed before")
    app = _upload(app, name, data)
    (error,) = app.error
    assert said in error.value
    assert app.text_area[0].value == "Typed before"
    assert not _papers()


def test_a_long_resume_is_read_as_far_as_an_employer_reads() -> None:
    """What is left out of a résumé of many pages is said once, and the beginning is checked."""
    line = "- Trained new colleagues in the handling of returned parcels from all over the country"
    app = _upload(the_page("Résumé"), "long.txt", f"{RESUME}\n".encode() + f"{line}\n".encode() * 400)
    assert "“long.txt” is longer than a résumé" in app.info[0].value
    assert "Increased conversion rate" in shown(app)
    assert not app.run().info


def test_a_refused_file_leaves_the_resume_before_it() -> None:
    """A file that cannot be read does not take the place of the résumé that is kept."""
    _keep_resume()
    before = _papers()
    app = _upload(the_page("Résumé"), "empty.txt", b" ")
    assert app.error
    assert _papers() == before


def _plan(app: AppTest) -> Plan:
    return open_prepbot().interviewer.open(interview_id(app)).plan


def test_an_interview_takes_up_a_line_of_the_kept_resume() -> None:
    """With a résumé the plan holds one question about a line of it, and the first page says so."""
    _keep_resume()
    app = the_app()
    assert "They have your résumé" in shown(app)
    (asked,) = [q for q in _plan(press(app, "Start with Noor")).questions if q.topics == (TOPIC,)]
    assert asked.text.startswith("You write")


def test_without_a_resume_no_question_pretends_to_know_one() -> None:
    """No kept résumé: no such question, and no word about it."""
    app = the_app()
    assert "They have your résumé" not in shown(app)
    assert not [q for q in _plan(press(app, "Start with Noor")).questions if q.topics == (TOPIC,)]


def _keep_advert(bot: Prepbot) -> None:
    bot.adverts.keep(bot.roles.get(SEED).role, bot.adverts.read_pasted(ADVERT))


def test_an_interview_asks_about_what_only_the_advert_names() -> None:
    """With a kept advert a short interview holds one question about it, and the first page says so."""
    _keep_advert(open_prepbot())
    app = the_app()
    assert "They know the job advert" in shown(app)
    (asked,) = [q for q in _plan(press(app, "Start with Noor")).questions if q.origin is Origin.ADVERT]
    assert asked.text.startswith("The job advert also")


def test_the_room_and_the_review_say_that_a_question_comes_from_the_advert() -> None:
    """Where a question of the advert is open, and where its answer is read again, its origin stands beside it."""
    bot = _keep_resume()
    _keep_advert(bot)
    plan = bot.planner.interview(bot.roles.get(SEED).role, Length.SHORT, ["interview"], seed=1)
    sat = bot.interviewer.start(plan)
    for _ in range(40):
        unit = bot.interviewer.open(sat).units[-1]
        if unit.question.origin is Origin.ADVERT:
            break
        bot.interviewer.skip(sat)
    app = the_app(interview=sat)
    assert "from the job advert" in shown(app)
    bot.interviewer.answer(sat, "I filled in the papers for forty shipments a month, and none was held up.", "m1")
    bot.interviewer.end(sat)
    review = bot.grader.review(sat)
    assert review.cards[-1].question.origin is Origin.ADVERT
    assert "Asked because of the job advert" in shown(the_page("Review", review=sat, card=str(len(review.cards))))
    for kind, words in (("html", "asked because of"), ("md", "Asked because of"), ("json", '"origin": "advert"')):
        assert words in export(review, kind)


def test_the_page_shows_what_may_be_asked_about_the_advert() -> None:
    """Below what only the advert asks for stand the questions that an interview may take from it."""
    _keep_advert(open_prepbot())
    text = shown(the_page("Résumé"))
    assert "An interviewer may ask" in text
    assert "The job advert also asks for a language: “French and English”." in text
