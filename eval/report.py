"""A report: a run as one page of HTML that needs nothing from elsewhere, and in Markdown.

In: a run that is over. Out: `report.html` and `report.md` in its folder: figures with their intervals
and the oracle's, charts, times, and the questions that went wrong with gold, hits and answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.failures import failures, reasons
from eval.metrics.statistics import STATISTICS
from eval.run import Run
from eval.summary import Figure, Group, Summary

_SMALL = 5
"""Groups of fewer questions say nothing."""

_BY_NAME = {one.name: one for one in STATISTICS}
_SECTIONS = tuple(dict.fromkeys(one.group for one in STATISTICS))


def write(run: Run) -> list[Path]:
    """Write both, and say where."""
    files = []
    for name in ("report.html", "report.md"):
        file = run.folder / name
        file.write_text(rendered(run, name), encoding="utf-8")
        files.append(file)
    return files


def rendered(run: Run, name: str) -> str:
    """The report called `name`."""
    return _templates().get_template(f"{name}.j2").render(
        run=run,
        settings=run.settings,
        groups=groups_shown(run.summary),
        sections=[(section, _figures(run.summary.all, section)) for section in _SECTIONS],
        compared=_compared(run.summary),
        statistics=_BY_NAME,
        failures=failures(run.rows),
        reasons=reasons(run.rows),
    )


def figure(name: str, value: Figure) -> str:
    """`0.812 [0.744, 0.873] of 145, oracle 0.950`; what is no share has no decimals to spare."""
    told = f"{_number(name, value.value)} [{_number(name, value.low)}, {_number(name, value.high)}] of {value.count:,}"
    return told if value.oracle is None else f"{told}, oracle {_number(name, value.oracle)}"


def _number(name: str, value: float) -> str:
    return f"{value:.3f}" if _BY_NAME[name].most is not None else f"{value:.1f}"


def groups_shown(summary: Summary) -> list[Group]:
    """All questions, and the groups that are large enough to say something."""
    return [group for group in summary.groups if group is summary.all or group.questions >= _SMALL]


def _figures(group: Group, section: str) -> list[tuple[str, Figure]]:
    return [(name, value) for name, value in group.figures.items() if _BY_NAME[name].group == section]


_COMPARED = ("MRR@10", "hit@5", "right@2", "answered", "declined", "contained")


def _compared(summary: Summary) -> list[tuple[str, Sequence[tuple[str, Figure]]]]:
    """For each measure that kinds are compared by, the groups that have it."""
    groups = groups_shown(summary)[1:]
    found = [(name, [(one.name, one.figures[name]) for one in groups if name in one.figures]) for name in _COMPARED]
    return [(name, some) for name, some in found if some]


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("eval"),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["share"] = lambda named: _BY_NAME[named[0]].most is not None
    environment.filters["cell"] = lambda text: " ".join(str(text).replace("|", "\\|").split())
    return environment
