"""`onrecord search`: a query in, the passages that fit it best out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from onrecord.exits import DONE
from onrecord.options import Words, archive, data_option, filter_options, filters, json_option
from onrecord.places import searched, voices_meant, where
from onrecord.terminal import console, line, print_json, say, visible

if TYPE_CHECKING:
    from index.hit import Hit


@click.command("search", short_help="Find the passages that fit best.")
@click.argument("query", type=Words())
@filter_options
@click.option("-k", "k", type=click.IntRange(1, 100), default=10, show_default=True, help="How many passages.")
@json_option
@data_option
def command(query: str, k: int, as_json: bool, **narrowing: Any) -> int:
    """Find the passages of the record that fit a QUERY best, by its words and by its meaning.

    The query is taken as it is: no operators, no quoting. A passage is a stretch of about 150
    words and may hold several speakers' words; `ask` gives single sentences.

    \b
    Examples:
      onrecord search "burden sharing among allies"
      onrecord search "vaccine mandate" --speaker "Jen Psaki" -k 3
      onrecord search "sanctions" --collection briefings --since 2022-02-24 --json
    """
    from index.hit import hit
    from qa.answer import Searched
    from qa.leaning import LONGEST_QUESTION

    if not query.strip():
        raise click.BadParameter("it is empty; search for words", param_hint="'QUERY'")
    if len(query) > LONGEST_QUESTION:
        bound = f"{len(query):,} characters are too many; use {LONGEST_QUESTION:,} or fewer"
        raise click.BadParameter(bound, param_hint="'QUERY'")
    narrowed = filters(**narrowing)
    found = archive().search.find(query, narrowed, k)
    hits = [hit(found.view, one) for one in found.passages]
    scope = Searched.within(found.scope)
    if as_json:
        print_json({"hits": hits, "searched": scope, "timings": found.timings})
        return DONE
    to = console()
    for number, one in enumerate(hits, 1):
        _show(to, number, one)
    for meant in voices_meant(narrowed.speakers, found.view.voices()):
        say(to, (meant, "dim"))
    spent = sum(found.timings.values())
    nothing = "" if hits else "Nothing found. "
    say(to, (f"{nothing}Searched {searched(scope)}, in {spent:,.0f} ms.", "dim"))
    return DONE


def _show(to: Console, number: int, hit: Hit) -> None:
    title = line(hit.title or hit.transcript_id)
    say(to, (f"{number}. {title}", "bold"), f", {hit.date or 'undated'}")
    place = where(hit.transcript_id, hit.start_char, hit.end_char, hit.start, hit.end)
    say(to, (place, "dim"), indent=4)
    for turn in hit.turns:
        said = visible(hit.text[turn.start_char - hit.start_char : turn.end_char - hit.start_char].strip())
        label = f"{line(turn.label)}: " if turn.label else ""
        say(to, (label, "cyan"), said, indent=4)
    say(to, "")
