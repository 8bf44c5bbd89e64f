"""Where the texts of ``docs/`` lie: within the installed package, or in the checkout."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parents[1]
_INSTALLED: Final = _PACKAGE / "_docs"
DOCS: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parents[1] / "docs"
