"""A text somebody wrote, against a small archive: each verdict, and what it stands on."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.ingest import ingest
from index.search import Found, Search
from index.store import Scope, View, open_store
from qa.checked import Checked
from qa.checking import LONGEST_TEXT, Checker
from qa.errors import QuestionRefused
from qa.gate import Stretch
from qa.tracing import exactly


@pytest.fixture(scope="module")
def checker(archive: Path) -> Checker:
    return Checker(Search(open_store(archive), TinyEmbedder))


def check(checker: Checker, text: str, filters: Filters | None = None) -> list[Checked]:
    return list(asyncio.run(checker.check(text, filters or Filters())).sentences)


def verdicts(found: list[Checked]) -> list[tuple[str, str]]:
    return [(one.kind, one.verdict) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Quill said: “We will close it on April 12 for repairs.”", [("quotation", "held")]),
        ("Quill said it “fetched 9 million crowns”.", [("quotation", "held")]),
        ("Quill said: “We will close it on April 21 for repairs.”", [("quotation", "altered")]),
        ("Bolt said: “We will close it on April 12 for repairs.”", [("quotation", "misattributed")]),
        ("Quill said: “The moon is made of cheese and so is the bridge.”", [("quotation", "not_found")]),
        ("The repairs cost 4.2 million crowns.", [("sentence", "held")]),
        ("The repairs cost 4.3 million crowns.", [("sentence", "not_found")]),
        ("Engineer Bolt said that the repairs cost 4.2 million crowns.", [("sentence", "misattributed")]),
        ("Bolt told us: “We will close it on April 12 for repairs.”", [("quotation", "misattributed")]),
        (
            "Quill said “we will close it on April 12”, but Bolt said “the county pays for the signs”.",
            [("quotation", "held"), ("quotation", "held"), ("sentence", "held")],
        ),
        (
            "Quill said “the county pays for the signs”, but Bolt said “we will close it on April 12”.",
            [("quotation", "held"), ("quotation", "held"), ("sentence", "misattributed")],
        ),
        ("“We will close it on April 12 for repairs.” Bolt said.", [("quotation", "misattributed")]),
        ("“We will close it on April 12 for repairs.” Quill said.", [("quotation", "held")]),
        ("“Two of the nine piers are cracked.” — Ada Quill, Mayor", [("quotation", "misattributed")]),
        ("“Two of the nine piers are cracked” (Quill)", [("quotation", "misattributed")]),
        ("“Two of the nine piers are cracked.” — Bolt", [("quotation", "held")]),
        ("Varley told us: “Two of the nine piers are cracked.”", [("quotation", "misattributed")]),
        ("The old mill “fetched” 7 million crowns.", [("quotation", "held"), ("sentence", "held")]),
        ("The old mill “fetched” 8 million crowns.", [("quotation", "held"), ("sentence", "not_found")]),
        ("The tram depot fetched 9 million crowns.", [("sentence", "held")]),
        ("The tram depot was sold in May for 7 million crowns.", [("sentence", "not_found")]),
        ("Bolt said that the school bus will still run.", [("sentence", "not_found")]),
        ("Bolt said in 2019 that the repairs cost 4.2 million crowns.", [("sentence", "not_found")]),
        ("Does the bus still run?", [("sentence", "not_checked")]),
        ("It was sold.", [("sentence", "not_checked")]),
        ("The repairs cost a fortune.", [("sentence", "not_found")]),
        ("Die Brücke ist nicht mehr für den Verkehr geöffnet.", [("sentence", "not_checked")]),
        (
            "In 2019 Ada Quill told the council that the bridge “was built in 1931”.",
            [("quotation", "held"), ("sentence", "not_found")],
        ),
        (
            "In March 2024 Ada Quill told them that the bridge “was built in 1931”.",
            [("quotation", "held"), ("sentence", "held")],
        ),
    ],
)
def test_each_verdict(checker: Checker, text: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(check(checker, text)) == expected


def test_more_of_a_sentence_must_stand_than_of_an_answer(checker: Checker) -> None:
    (one,) = check(checker, "Bolt found the piers of the bridge sound.")
    assert one.verdict == "not_found"


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("The repairs cost 4.3 million crowns.", "The repairs cost 4.2 million crowns."),
        ("The bridge over the Wend was not built in 1931.", "The bridge over the Wend was built in 1931."),
        ("The tram depot was sold in June.", "The tram depot was sold in May."),
    ],
)
def test_what_the_record_contradicts_is_said_with_its_words(checker: Checker, text: str, record: str) -> None:
    (one,) = check(checker, text)
    assert one.verdict == "not_found"
    assert one.detail.startswith(f"the record says otherwise: “{record}”, said by MAYOR QUILL (Ada M. Quill): ")
    assert [citation.quote for citation in one.citations] == [record]


@pytest.mark.parametrize(
    "text",
    ["The school bus will run in 2031.", "Bolt said that the ferry is sold for 5 million crowns."],
)
def test_what_is_about_something_else_or_only_asked_is_not_put_beside_it(checker: Checker, text: str) -> None:
    (one,) = check(checker, text)
    assert (one.verdict, one.citations) == ("not_found", ())


SAYS = "The limit at which I have to act is 25 percent."


class Misled(Search):
    """Finds nothing for a text with a name, as where all that comes near speaks of its bearer."""

    def find(self, query: str, filters: Filters = Filters(), k: int = 10, view: View | None = None) -> Found:
        return super().find("" if "Varley" in query else query, filters, k, view)


def of_the_limit(folder: Path, *turns: str, search: type[Search] = Search) -> Checked:
    (folder / "steel.txt").write_text("\n\n".join(("Town Council on the Steel", *turns)), encoding="utf-8")
    assert ingest([folder / "steel.txt"], open_store(folder / "data"), TinyEmbedder()).added
    checker = Checker(search(open_store(folder / "data"), TinyEmbedder))
    (one,) = check(checker, "Edith Varley said that the limit at which she has to act is 25 percent.")
    return one


def test_what_somebody_is_given_as_saying_is_looked_for_without_the_name(tmp_path: Path) -> None:
    one = of_the_limit(tmp_path, f"ENGINEER OAKES: {SAYS}", "MAYOR QUILL: Thank you.", search=Misled)
    assert (one.verdict, [citation.label for citation in one.citations]) == ("misattributed", ["ENGINEER OAKES"])


def test_what_others_say_as_well_is_looked_for_among_the_words_of_whom_it_is_given_to(tmp_path: Path) -> None:
    others = [turn for _ in range(8) for turn in (f"ENGINEER OAKES: {SAYS}", "MAYOR QUILL: Thank you.")]
    one = of_the_limit(tmp_path, *others, f"EDITH VARLEY: {SAYS}", search=Misled)
    assert (one.verdict, [citation.label for citation in one.citations]) == ("held", ["EDITH VARLEY"])


BUDGET = (
    "MAYOR QUILL: I never promised that the bridge would stay open whatever happened. The toll is not a county tax. "
    "If Ashford were to close the mill, we would buy it. I expect the ferry will come up with the Ashford council. "
    "The storm of January was horrific for all of us. The levy pays for the tower and its two bells.",
    "Q: Mayor, the tram depot leaks and the roof has fallen in. Why does the council pay for it?",
    "MAYOR QUILL: Thank you for that.",
)


@pytest.fixture(scope="module")
def budget(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    folder = tmp_path_factory.mktemp("budget")
    (folder / "budget.txt").write_text("\n\n".join(("Town Council on the Budget", *BUDGET)), encoding="utf-8")
    assert ingest([folder / "budget.txt"], open_store(folder / "data"), TinyEmbedder()).added
    return Checker(Search(open_store(folder / "data"), TinyEmbedder))


@pytest.mark.parametrize(
    ("text", "verdict", "detail"),
    [
        ("Quill said “the bridge would stay open whatever happened.”", "altered", "the record denies it (“never”)"),
        ("Quill said she never promised “the bridge would stay open whatever happened”.", "held", "word for word"),
        ("Quill called the toll “a county tax”.", "altered", "the record denies it (“not”)"),
        ("Quill said: “Ashford were to close the mill”.", "altered", "the record says it only under a condition"),
        ("Quill called the levy “horrific”.", "not_found", "these words stand in the record, said of something else"),
        ("Quill called the storm “horrific”.", "held", "word for word"),
        ("It is true that “the tram depot leaks and the roof has fallen in”.", "not_found", "only asked by a reporter"),
        ("A reporter said “the tram depot leaks and the roof has fallen in”.", "held", "asked by a reporter (Q)"),
        ("“The tram depot leaks and the roof has fallen in.”", "held", "word for word, asked by a reporter (Q)"),
        ("The tram depot leaks and its roof has fallen in.", "not_found", "only asked by a reporter (Q)"),
        ("The Town Hall said that the levy pays for the tower.", "held", "whether they speak for “The Town Hall”"),
        ("The council said “the levy pays for the tower”.", "held", "word for word"),
        ("Quill said that Ashford closed the mill.", "not_found", "what comes nearest does not say “closed”"),
        ("Quill said that the Ashford council expects the ferry.", "not_found", ""),
        ("Quill said that she expects the ferry will come up with the Ashford council.", "held", "borne out"),
    ],
)
def test_what_words_stand_for_counts(budget: Checker, text: str, verdict: str, detail: str) -> None:
    first, *_ = check(budget, text)
    assert (first.verdict, detail in first.detail) == (verdict, True), first.detail
    assert (first.difference is not None) == (first.verdict == "altered")


def test_what_denies_a_quotation_is_cited_whole(budget: Checker) -> None:
    (one,) = check(budget, "Quill said “the bridge would stay open whatever happened.”")
    assert [citation.quote for citation in one.citations] == [BUDGET[0].split(": ")[1].split(". ")[0] + "."]


def test_an_altered_quotation_is_shown_beside_the_true_one(checker: Checker) -> None:
    (one,) = check(checker, "Quill said: “We will close it on April 21 for repairs.”")
    assert one.difference is not None
    changed = [(run.kind, run.text.strip()) for run in one.difference if run.kind != "kept"]
    assert changed == [("removed", "12"), ("added", "21")]
    assert one.citations[0].quote.startswith("We will close it on April 12 for repairs")
    assert one.citations[0].label == "MAYOR QUILL"


@pytest.mark.parametrize(("who", "true"), [("Quill", "It fetched 9 million"), ("Bolt", "It fetched 7 million")])
def test_of_words_as_near_those_of_whom_the_sentence_names_are_shown(checker: Checker, who: str, true: str) -> None:
    (one,) = check(checker, f"{who} said: “It fetched 8 million crowns.”")
    assert one.verdict == "altered"
    assert one.citations[0].quote.startswith(true)
    assert "and not by" not in one.detail


def test_whose_the_altered_words_are_is_said_where_the_sentence_has_it_otherwise(checker: Checker) -> None:
    (one,) = check(checker, "Bolt said: “We will close it on April 21 for repairs.”")
    assert one.verdict == "altered"
    assert one.detail.endswith("said by MAYOR QUILL (Ada M. Quill) and not by “Bolt”")


def test_a_misattributed_quotation_names_who_said_it(checker: Checker) -> None:
    (one,) = check(checker, "Bolt said: “We will close it on April 12 for repairs.”")
    assert "Quill" in one.detail
    assert one.citations[0].name == "Ada M. Quill"


def test_a_quotation_is_found_wherever_it_stands_and_whatever_stands_between(checker: Checker) -> None:
    (one,) = check(checker, 'Bolt said "Two of the nine piers are cracked. The work takes eleven months."')
    assert one.verdict == "held"
    assert one.citations[0].quote == "Two of the nine piers are cracked. (Laughter.) The work takes eleven months."


@pytest.mark.parametrize(
    "quotation",
    [
        "[W]e will close it on April 12 for repairs.",
        "We will close (sic) it on April 12 for repairs.",
        "We will cl\u00adose it on April 12 for re\u200bpairs.",
    ],
)
def test_a_quotation_is_looked_for_by_the_words_that_the_record_can_have(checker: Checker, quotation: str) -> None:
    assert check(checker, f"Quill said: “{quotation}”")[0].verdict == "held"


def test_a_quotation_that_comes_again_is_looked_up_once(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []

    def noting(quotation: str, view: View, scope: Scope) -> list[Stretch]:
        looked_up.append(quotation)
        return exactly(quotation, view, scope)

    monkeypatch.setattr("qa.checking.exactly", noting)
    assert len(check(checker, "“a” " * 100)) == 100
    assert looked_up == ["a"]


def test_a_sentence_that_comes_again_is_weighed_once(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []
    find = checker._search.find

    def noting(query: str, *rest: Any) -> Found:
        looked_for.append(query)
        return find(query, *rest)

    monkeypatch.setattr(checker._search, "find", noting)
    sentence = "The council will close the bridge on April 12 for repairs."
    text = f"{sentence} It rained. {sentence}"
    first, *_, last = check(checker, text)
    assert looked_for.count(sentence) == 1
    assert (first.verdict, first.detail, first.citations) == (last.verdict, last.detail, last.citations)
    assert text[last.start_char : last.end_char] == sentence
    assert last.start_char > first.end_char


def test_a_filter_binds_what_is_cited(checker: Checker) -> None:
    text = "“We will close it on April 12 for repairs.”"
    assert verdicts(check(checker, text, Filters(speakers=("Bolt",)))) == [("quotation", "not_found")]
    assert verdicts(check(checker, text, Filters(until="2024-01-01"))) == [("quotation", "not_found")]


@pytest.mark.parametrize(
    ("text", "named"),
    [("", "text: it is empty"), (" \n", "text: it is empty"), ("x" * (LONGEST_TEXT + 1), "text: 20,001")],
)
def test_a_text_out_of_bounds_is_refused(checker: Checker, text: str, named: str) -> None:
    with pytest.raises(QuestionRefused, match=named):
        check(checker, text)


def test_an_empty_archive_holds_nothing(tmp_path: Path) -> None:
    checker = Checker(Search(open_store(tmp_path / "none"), TinyEmbedder))
    assert verdicts(check(checker, "The repairs cost much. “So it is now.”")) == [
        ("sentence", "not_found"),
        ("quotation", "not_found"),
    ]
    assert not (tmp_path / "none").exists()


pieces = st.sampled_from(
    [
        *("The repairs cost 4.2 million crowns. ", "“We will close it", " on April 12”", "It fetched 7 million."),
        *("\n\n", "Bolt said ", '"', "…", "Why? ", "🙂", "’"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80)
@given(st.lists(pieces, min_size=1, max_size=8).map("".join).filter(str.strip))
def test_verdicts_lie_in_the_text_in_order_and_quote_the_record(archive: Path, checker: Checker, text: str) -> None:
    view = open_store(archive).view()
    found = check(checker, text)
    assert [one.end_char for one in found if one.kind == "sentence"] == sorted(
        one.end_char for one in found if one.kind == "sentence"
    )
    for one in found:
        assert text[one.start_char : one.end_char] == one.text
        assert (one.difference is not None) == (one.verdict == "altered")
        for citation in one.citations:
            transcript = view.transcript(citation.transcript_id)
            assert citation.quote == transcript.text[citation.start_char : citation.end_char]
            assert citation.label == transcript.turns[transcript.turn_at(citation.start_char)].label
