"""What strangers send is read in time that grows with its length alone, whatever they write.

Every compiled pattern of the product is found and tried. Each ``cases_*.py`` beside this file adds to that:
``CASES``, parsers of ours with a bad input each, and functions that call ``re`` themselves; ``PATTERNS``, the largest
length that reaches a pattern, by ``module.NAME``, where it is another than `USUALLY`; ``INSIDE``, what nothing from
outside reaches, each with its reason.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import orderhub
from tests.security.growth.growth import MOST_GROWTH, Case, attacks_on, growth_of, patterns_in

USUALLY = 20_000
"""Four times the longest text that the API takes from a person."""
HERE = Path(__file__).parent
_REGISTERED = [import_module(f"tests.security.growth.{path.stem}") for path in sorted(HERE.glob("cases_*.py"))]
_ROOT = Path(next(iter(orderhub.__path__)))
_SOURCES = {path: path.read_text() for path in sorted(_ROOT.rglob("*.py"))}
_FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}


def registered(name: str) -> Sequence[Any]:
    """What all files register under a name."""
    return [getattr(module, name, {}) for module in _REGISTERED]


PATTERNS: Mapping[str, int] = {name: most for one in registered("PATTERNS") for name, most in one.items()}
INSIDE: Mapping[str, str] = {name: reason for one in registered("INSIDE") for name, reason in one.items()}
CASES: Sequence[Case] = [case for one in registered("CASES") for case in one]


def patterns_of_the_product() -> Mapping[str, "re.Pattern[Any]"]:
    """Every compiled pattern, by ``module.NAME``; several of one name are numbered."""
    found: dict[str, re.Pattern[Any]] = {}
    for info in walk_packages(orderhub.__path__, "orderhub."):
        if info.name.endswith("__main__") or info.name == "orderhub.main":  # these run when they are imported
            continue
        for name, pattern in patterns_in(import_module(info.name)):
            if pattern not in found.values():
                key = f"{info.name}.{name}"
                found[key if key not in found else f"{key}#{sum(other.startswith(key) for other in found)}"] = pattern
    return found


FOUND = patterns_of_the_product()


def uses_of(key: str) -> Sequence[str]:
    """The methods by which the product asks a pattern; every one where that is not to be seen."""
    name = key.rpartition(".")[2].partition("#")[0]
    asked = re.compile(rf"\b{name}\.({'|'.join(sorted(_FUNCTIONS - {'compile'}))})\b")
    seen = {use for source in _SOURCES.values() for use in asked.findall(source)} if name else set[str]()
    return sorted(seen) or ["search", "fullmatch"]


@dataclass(frozen=True)
class Inline:
    """A call of ``re`` within a function; ``pattern`` is None where it is known only when it runs."""

    name: str
    """``module:function``."""
    use: str
    pattern: "re.Pattern[Any] | None"


def inline_calls() -> Iterator[Inline]:
    """Every call of ``re`` within a function of the product."""
    for path, source in _SOURCES.items():
        parts = path.relative_to(_ROOT.parent).with_suffix("").parts
        module = ".".join(part for part in parts if part != "__init__")
        tree = ast.parse(source)
        names = _names_of_re(tree)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    use = _use_of_re(node, names)
                    if isinstance(node, ast.Call) and use:
                        yield Inline(f"{module}:{function.name}", use, _compiled(node, module))


def _names_of_re(tree: ast.Module) -> Mapping[str, str]:
    """What a module calls the functions of ``re``, and ``re`` itself ("")."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: "" for alias in node.names if alias.name == "re"}
        elif isinstance(node, ast.ImportFrom) and node.module == "re":
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    return names


def _use_of_re(node: ast.AST, names: Mapping[str, str]) -> str | None:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=use)) if names.get(module) == "":
            return use
        case ast.Call(func=ast.Name(id=name)) if names.get(name) in _FUNCTIONS:
            return names[name]
        case _:
            return None


def _compiled(call: ast.Call, module: str) -> "re.Pattern[Any] | None":
    """The pattern of a call that names it by what its module knows; None where only the function does."""
    written = compile(ast.Expression(call.args[0]), module, "eval")
    try:
        return re.compile(eval(written, vars(import_module(module))))  # noqa: S307 - a line of the product's own
    except NameError:
        return None


INLINE = [*inline_calls()]


def test_what_is_registered_is_there() -> None:
    assert len(FOUND) > 30
    assert FOUND.keys() | {call.name for call in INLINE} >= PATTERNS.keys() | INSIDE.keys()
    assert not PATTERNS.keys() & INSIDE.keys()


def test_every_pattern_that_is_only_known_when_it_runs_has_a_case() -> None:
    unknown = {call.name for call in INLINE if call.pattern is None}
    assert unknown - INSIDE.keys() <= {case.name.partition(" ")[0] for case in CASES}


@pytest.mark.parametrize("key", sorted(FOUND.keys() - INSIDE.keys()))
def test_a_pattern_takes_time_in_proportion(key: str) -> None:
    for attack in attacks_on(key, FOUND[key], uses_of(key), PATTERNS.get(key, USUALLY)):
        assert growth_of(attack) <= MOST_GROWTH, attack


@pytest.mark.parametrize(
    "call", [call for call in INLINE if call.pattern and call.name not in INSIDE], ids=lambda call: call.name
)
def test_a_pattern_within_a_function_takes_time_in_proportion(call: Inline) -> None:
    assert call.pattern is not None
    uses = uses_of("") if call.use == "compile" else [call.use]
    for attack in attacks_on(call.name, call.pattern, uses, PATTERNS.get(call.name, USUALLY)):
        assert growth_of(attack) <= MOST_GROWTH, attack


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_parser_takes_time_in_proportion(case: Case) -> None:
    assert growth_of(case) <= MOST_GROWTH


def test_what_grows_faster_is_found() -> None:
    unclosed = Case("unclosed", re.compile(rb'"(?:[^"\\]|\\.)*"').findall, lambda n: b'\\"' * (n // 2), 1_000_000)
    assert growth_of(unclosed) > MOST_GROWTH
    (worst, *_) = attacks_on("trailing", re.compile(r"\s+$"), ["search"], 5_000)
    assert growth_of(worst) > MOST_GROWTH
