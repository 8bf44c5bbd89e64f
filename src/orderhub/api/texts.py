"""What ``docs/problems.md`` says of each problem code; whatever lists the codes lists these."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from orderhub.api.docs_folder import DOCS

_SECTION: Final = re.compile(r"^### `?([a-z][a-z0-9_]*)`?\n+(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


@cache
def explanations() -> Mapping[str, str]:
    """The sections of ``docs/problems.md``, by code."""
    return {code: text.strip() for code, text in _SECTION.findall((DOCS / "problems.md").read_text("utf-8"))}
