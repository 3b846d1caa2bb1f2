"""The shipped library, the KPI catalogue, the stage profiles, and the match of KPIs to metrics."""

import re
from pathlib import Path

import pytest

from prepbot.domain.metric import Metric
from prepbot.domain.role import Kpi, QuestionKind, Role, StageKind
from prepbot.errors import NotARolePage, NotFound, UnreadableFile
from prepbot.reading.catalogue import load_metrics, load_stage_profiles, track
from prepbot.reading.library import find_role, library_roles
from prepbot.reading.pages import DocumentPages
from prepbot.resources import resource

# What an employer may not ask, as whole words of a question.
FORBIDDEN = re.compile(
    r"\b(?:how old|your age|age group|date of birth|birthday|married|marital|spouse|husband|wife|children|pregnan\w*"
    r"|family|childcare|religio\w*|church|faith|nationality|ethnic\w*|native language|mother tongue|country of origin"
    r"|where are you from|disabilit\w*|illness\w*|medical|health condition|sexual\w*|gender|trade union|political"
    r"|criminal|pension age|retire)\b",
    re.IGNORECASE,
)


def metric(name: str, *aliases: str, abbreviations: tuple[str, ...] = ()) -> Metric:
    """A catalogue entry of which only the names matter."""
    return Metric(name.casefold(), name, (), aliases, abbreviations, "percent", "up", None, (), (), ())


def matched(names: list[str], *metrics: Metric) -> list[str | None]:
    """The names of the metrics that KPIs of these names are matched to."""
    kpis = [Kpi(name, "", place) for place, name in enumerate(names, start=1)]
    return [found.metric.name if found.metric else None for found in track(kpis, metrics)]


def test_the_catalogue_is_broad_enough() -> None:
    """At least 150 metrics over at least 12 functions, each id once, each with three or more paraphrases."""
    metrics = load_metrics()
    assert len(metrics) >= 150
    assert len({function for entry in metrics for function in entry.functions}) >= 12
    assert len({entry.id for entry in metrics}) == len(metrics)
    assert [entry.id for entry in metrics if len(entry.paraphrases) < 3] == []


@pytest.mark.parametrize("role", library_roles(), ids=lambda role: role.id)
def test_every_kpi_of_the_library_has_its_own_metric(role: Role) -> None:
    """Each KPI of the four pages is matched, and no two of a page share a metric."""
    tracked = track(role.kpis, load_metrics())
    ids = [found.metric.id if found.metric else None for found in tracked]
    assert None not in ids
    assert len(set(ids)) == len(ids)


def test_the_sixteen_kpis_of_the_real_page_meet_their_namesakes() -> None:
    """Each KPI of the e-commerce page is matched to the metric of the same name."""
    role, _ = find_role("ecommerce-specialist")
    for found in track(role.kpis, load_metrics()):
        assert found.metric is not None
        assert found.metric.name.casefold() == found.kpi.name.split(" (")[0].casefold()


@pytest.mark.parametrize(
    ("kpi", "known"),
    [
        ("Order Fulfilment Time", metric("Order Fulfillment Time")),
        ("Space utilisation", metric("Space Utilization")),
        ("Cash Conversion Cycle (CCC)", metric("Cash Conversion Cycle")),
        ("Recurring Revenue Kept (NRR)", metric("Net Revenue Retention", abbreviations=("NRR",))),
        ("Sell-Through Rate (4 weeks)", metric("Sell-through rate")),
        ("Damage/Shrinkage Rate", metric("Shrinkage Rate")),
        ("Sales per Square Metre/Foot", metric("Sales per Square Foot")),
        ("Employee Engagement Score", metric("Employee Engagement")),
        ("Customer Complaints Rate", metric("Customer Complaint")),
        ("Number Of Defects", metric("Defects", "number of defects")),
        ("Health & Safety Incidents", metric("Health and Safety Incidents")),
    ],
)
def test_a_kpi_is_matched_through_its_variants(kpi: str, known: Metric) -> None:
    """Brackets, slashes, spelling, number and words of manner do not hide a known metric."""
    assert matched([kpi], metric("Something Else"), known) == [known.name]


def test_a_kpi_that_the_catalogue_lacks_has_no_metric() -> None:
    """A name that only shares words with a metric is left unmatched."""
    assert matched(["Bread Waste", "Rate", ""], metric("Waste Recycling"), metric("Rate of Return")) == [None] * 3


def test_an_exact_name_goes_before_a_loose_one() -> None:
    """The KPI that is called like the metric gets it, even when a looser namesake stands before it."""
    assert matched(["Churn Score", "Churn Rate"], metric("Churn Rate")) == [None, "Churn Rate"]


def test_two_kpis_share_a_metric_only_under_one_name() -> None:
    """Names that differ in case alone share a metric; an alias of a taken metric stays without."""
    known = metric("Bounce Rate", "exit share")
    assert matched(["Bounce Rate", "bounce rate", "Exit Share"], known) == ["Bounce Rate", "Bounce Rate", None]


def test_every_stage_kind_has_a_profile_with_questions_of_its_own() -> None:
    """All seven kinds have six to twelve standard questions, and no id occurs twice."""
    profiles = load_stage_profiles()
    assert set(profiles) == set(StageKind)
    assert all(6 <= len(profile.questions) <= 12 for profile in profiles.values())
    ids = [question.id for profile in profiles.values() for question in profile.questions]
    assert len(set(ids)) == len(ids)


def test_budgets_grow_with_the_length() -> None:
    """A full interview never has less time, fewer questions or fewer follow-ups in a stage than a short one."""
    for profile in load_stage_profiles().values():
        for amount in (profile.minutes, profile.bank_questions, profile.standard_questions, profile.follow_ups):
            assert 0 <= amount.short <= amount.full
        assert profile.standard_questions.full <= len(profile.questions)
        assert set(profile.bank_kinds) <= set(QuestionKind)


def test_offer_and_references_are_not_made_of_bank_questions() -> None:
    """An offer and a reference check draw nothing from the question bank."""
    profiles = load_stage_profiles()
    for kind in (StageKind.OFFER, StageKind.REFERENCES):
        assert profiles[kind].bank_questions.full == 0


def test_nothing_is_asked_that_an_employer_may_not_ask() -> None:
    """No standard question mentions age, family, health, religion, origin or the like."""
    asked = [question.text for profile in load_stage_profiles().values() for question in profile.questions]
    assert [text for text in asked if FORBIDDEN.search(text)] == []
    assert FORBIDDEN.search("Do you plan to have children?")


def test_greetings_and_closings_use_known_fields_only() -> None:
    """Every greeting, closing and question can be filled with the interviewer, the stage and the role."""
    fields = {"interviewer": "Ada", "candidate_stage": "talk", "role": "Baker"}
    for profile in load_stage_profiles().values():
        texts = [profile.greeting, profile.closing, *(question.text for question in profile.questions)]
        assert not [text for text in texts if "{" in text.format(**fields)]


def test_the_library_holds_the_four_shipped_pages() -> None:
    """The library's roles come in the order of their file names."""
    assert [role.id for role in library_roles()] == [
        *("customer-success-manager", "ecommerce-specialist", "visual-merchandiser", "warehouse-supervisor"),
    ]


def test_a_role_is_found_by_id_and_by_path() -> None:
    """The id and the path of a shipped page give the same role."""
    path = resource("knowledge/warehouse_supervisor.txt")
    assert find_role(str(path)) == find_role("warehouse-supervisor")


def test_an_unknown_role_is_named_beside_the_known_ones() -> None:
    """Neither an id nor a file: the message repeats the input and lists the library."""
    with pytest.raises(NotFound, match=r"No role “astronaut”.*ecommerce-specialist"):
        find_role("astronaut")


def test_a_path_to_something_else_is_refused(tmp_path: Path) -> None:
    """A file that is no role page, or of another type, is refused as such."""
    recipe = tmp_path / "recipe.txt"
    recipe.write_text("Plum cake\n- Halve the plums: take out the stones\n", encoding="utf-8")
    with pytest.raises(NotARolePage, match="“recipe” is not a role page"):
        find_role(str(recipe))
    with pytest.raises(UnreadableFile, match="type that cannot be read"):
        find_role(__file__)


def test_a_page_keeps_the_text_it_was_read_from() -> None:
    """A page read from kept text equals the page read from the upload, text and hash included."""
    pages = DocumentPages()
    data = resource("knowledge/visual_merchandiser.txt").read_bytes()
    uploaded = pages.from_upload("Visual Merchandiser.txt", data)
    assert uploaded.role.id == "visual-merchandiser"
    assert pages.from_text(uploaded.text, uploaded.role.id) == uploaded
