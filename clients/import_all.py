"""Imports every module of the package in a folder: import_all.py FOLDER (which is the package, or holds it)."""

import importlib
import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Import them; the first that can't be imported ends it."""
    roots = [folder] if (folder / "__init__.py").exists() else [p.parent for p in folder.glob("*/__init__.py")]
    for root in roots:
        for file in sorted(root.rglob("*.py")):
            parts = file.relative_to(root.parent).with_suffix("").parts
            if parts[0] != "test":
                importlib.import_module(".".join(parts).removesuffix(".__init__"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
