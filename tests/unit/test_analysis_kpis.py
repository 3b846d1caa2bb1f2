"""KPI references: names, inverses, paraphrases, vetoes, levels and the numbers bound to them."""

import pytest

from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.domain.evidence import KpiLevel, KpiReference
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.role import Kpi, QuestionKind
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import MiniLmEmbedder

QUESTION = "Tell me about something you improved in your last role."


@pytest.fixture(scope="module")
def shop() -> RulesAnalyst:
    """The shop role's analyst with the embedding model."""
    role, _ = find_role("ecommerce-specialist")
    return RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), AnswerModel(MiniLmEmbedder()))


def references(analyst: RulesAnalyst, answer: str) -> dict[str, KpiReference]:
    """The references in an answer by KPI."""
    evidence = analyst.analyse(QUESTION, QuestionKind.PAST_BEHAVIOUR, answer)
    return {reference.kpi: reference for reference in evidence.kpis}


def test_a_name_with_its_number_is_quantified(shop: RulesAnalyst) -> None:
    """A named KPI with a change of its own is quantified, and its number is cut from the answer."""
    answer = "I rewrote the product pages and tested them. The conversion rate rose from 1.9 to 2.6 percent."
    reference = references(shop, answer)["Conversion Rate"]
    assert reference.level is KpiLevel.QUANTIFIED
    assert reference.number is not None
    assert reference.number.cut(answer) == "1.9 to 2.6 percent"


def test_a_number_on_something_else_does_not_quantify(shop: RulesAnalyst) -> None:
    """A figure that belongs to another noun of the sentence leaves the KPI without a number."""
    answer = "I watched the bounce rate every morning while I moved 300 SKUs to the new theme in 6 weeks."
    assert references(shop, answer)["Bounce Rate"].level is KpiLevel.USED


def test_each_kpi_of_a_sentence_takes_its_own_number(shop: RulesAnalyst) -> None:
    """Of two KPIs in one sentence each is bound to the figure beside it."""
    answer = "I moved the costs to the first page. Bounce rate fell from 61 to 50 % and AOV grew from 40 to 47 euros."
    found = references(shop, answer)
    bounce, order = found["Bounce Rate"].number, found["Average Order Value"].number
    assert bounce is not None
    assert order is not None
    assert (bounce.cut(answer), order.cut(answer)) == ("61 to 50 %", "40 to 47 euros")


def test_the_inverse_of_a_kpi_counts(shop: RulesAnalyst) -> None:
    """Churn is a reference to customer retention."""
    answer = "I called every customer who left us and fixed the first delivery. Churn dropped by a third."
    assert references(shop, answer)["Customer Retention Rate"].via == "inverse"


def test_an_abbreviation_counts_in_any_case(shop: RulesAnalyst) -> None:
    """Abbreviations are recognised typed small as well as in capitals."""
    assert "Return on Ad Spend (ROAS)" in references(shop, "I cut the campaigns whose roas fell below our limit.")


@pytest.mark.parametrize(
    ("answer", "kpi"),
    [
        (
            "Each morning I was late because of heavy road traffic, so I took the train to the office.",
            "Website Traffic",
        ),
        ("I set the data retention to two years and deleted the old backups of the shop.", "Customer Retention Rate"),
        ("My manager was pleased in the performance review and gave me a larger team.", "Product Reviews"),
        ("I led a training session for the new colleagues and wrote the manual.", "Average Session Duration"),
        ("I lowered staff turnover by talking with everyone who wanted to leave.", "Inventory Turnover"),
    ],
)
def test_the_same_word_in_another_sense_does_not_count(shop: RulesAnalyst, answer: str, kpi: str) -> None:
    """A word that a KPI's name shares with another thing is no reference."""
    assert kpi not in references(shop, answer)


def test_a_competitors_figures_do_not_count(shop: RulesAnalyst) -> None:
    """What a rival's customers say is not the candidate's KPI; the same word about the own shop is."""
    rival = "I read what our biggest competitor does and noted their product reviews in a sheet."
    own = "I answered every question below the items and our product reviews went from 3.9 to 4.4 stars."
    assert "Product Reviews" not in references(shop, rival)
    assert references(shop, own)["Product Reviews"].level is KpiLevel.QUANTIFIED


def test_a_paraphrase_counts_with_the_model_and_by_patterns(shop: RulesAnalyst) -> None:
    """A KPI that is described without its name is found."""
    answer = "I showed shipping costs early. Far fewer shoppers filled a basket and left before paying after that."
    assert references(shop, answer)["Cart Abandonment Rate"].via == "paraphrase"


def test_a_negated_kpi_is_only_mentioned(shop: RulesAnalyst) -> None:
    """A KPI that the candidate says they never used is mentioned, not used."""
    answer = "I reworked the help pages with two colleagues. CSAT I have never looked at, to be honest."
    found = references(shop, answer)["Customer Satisfaction Score (CSAT)"]
    assert found.level is KpiLevel.MENTIONED


def test_a_benchmark_is_no_number_of_ones_own(shop: RulesAnalyst) -> None:
    """An industry figure does not quantify a KPI."""
    answer = "According to studies the industry average conversion rate is 2 percent, so I looked at other shops."
    assert references(shop, answer)["Conversion Rate"].level < KpiLevel.QUANTIFIED


def test_a_kpi_without_a_catalogue_entry_is_found_by_its_name() -> None:
    """A KPI that no catalogue knows is matched by its own name, on word boundaries."""
    tracked = TrackedKpi(Kpi("Kiln Yield Rate", "Share of fired pieces without a crack", 1), None)
    analyst = RulesAnalyst([tracked])
    found = references(analyst, "I changed the glaze and the kiln yield rate went from 82 to 91 percent.")
    assert found["Kiln Yield Rate"].level is KpiLevel.QUANTIFIED
    assert references(analyst, "I changed the glaze and kilned yieldings went on as before.") == {}


def test_names_count_without_a_model() -> None:
    """With no embedding model names and written patterns still find KPIs."""
    role, _ = find_role("ecommerce-specialist")
    analyst = RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), None)
    found = references(
        analyst, "I sent fewer mails with better subjects, and the open rate went from 18 to 27 percent."
    )
    assert found["Email Open Rate"].level is KpiLevel.QUANTIFIED
