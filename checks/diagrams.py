"""Draws each transition table from its rows, once a language, for its page: with graphviz-pure, at build.

Without arguments it writes the drawings anew; with ``--check`` it only says whether they are those of the rows.
"""

import argparse
import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from orderhub.domain.process import Process
from orderhub.domain.processes import PROCESSES, arrows
from orderhub.kit.text import Language

FOLDER: Final = Path(__file__).parents[1] / "src" / "orderhub" / "api" / "site" / "diagrams"
_PROGRAM: Final = Path(sys.executable).with_name("graphviz-pure")
_PREAMBLE: Final = re.compile(r"\A.*?(?=<svg)", re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def main() -> int:
    """Exit with 1 when ``--check`` finds a drawing that is not that of the rows."""
    parser = argparse.ArgumentParser(description="Draw the transition tables.")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    drawn = dict(drawings())
    if not parser.parse_args().check:
        FOLDER.mkdir(exist_ok=True)
        for path, text in drawn.items():
            path.write_text(text, "utf-8")
        return 0
    stale = {path.name for path, text in drawn.items() if not path.is_file() or path.read_text("utf-8") != text}
    stale |= {path.name for path in FOLDER.glob("*.svg") if path not in drawn}
    if stale:
        sys.stderr.write(f"Not what the rows draw: {', '.join(sorted(stale))}. Run `make diagrams`.\n")
    return 1 if stale else 0


def drawings() -> Iterator[tuple[Path, str]]:
    """Every drawing, with the file that it belongs into."""
    for name, process in PROCESSES.items():
        for language in Language:
            yield FOLDER / f"{name}.{language.value}.svg", draw(process, language)


def draw(process: Process[Any], language: Language) -> str:
    """The diagram of a table as an SVG element: coloured by the page's stylesheet, and without an outer document."""
    done = subprocess.run(  # noqa: S603 - a program of our own environment
        [_PROGRAM, "-Tsvg"], input=source(process, language).encode(), capture_output=True, check=True
    )
    return _COMMENT.sub("", _PREAMBLE.sub("", done.stdout.decode()))


def source(process: Process[Any], language: Language) -> str:
    """The diagram in Graphviz's own language."""
    lines = [
        "digraph {",
        'bgcolor=transparent; node [shape=box style="rounded,filled" fillcolor=white fontname=Arimo fontsize=13];',
        "edge [fontname=Arimo fontsize=10];",
        'start [label="" shape=circle width=0.15];',
    ]
    for status in process.statuses:
        label, code = html.escape(status.label.within(language)), f'<font point-size="9">{status.code}</font>'
        thick = " penwidth=2" if status.code in process.final else ""
        lines.append(f'{status.code} [class="{status.colour}"{thick} label=<{label}<br/>{code}>];')
    for (start, to), actions in arrows(process).items():
        said = "".join(f'{action}<br align="left"/>' for action in actions)
        lines.append(f"{start or 'start'} -> {to} [label=<{said}>];" if said else f"{start or 'start'} -> {to};")
    return "\n".join([*lines, "}"])


if __name__ == "__main__":
    sys.exit(main())
