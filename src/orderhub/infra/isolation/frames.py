"""What both processes say to each other: a letter, a length and so many bytes.

The child reads what strangers sent, and might be taken over by it. So what it answers is unpickled with
`load_answer`, which makes plain values and values of OrderHub's own classes, and calls nothing else; `dump_answer`
says everything that way.
"""

import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any, Final

HEADER: Final = struct.Struct(">cQ")
BEGUN, ANSWER, REFUSED, MEMORY, FAILED = b"b", b"a", b"r", b"m", b"f"
"""From the child: the function is loaded · its result · a DomainError · out of memory · another error's text."""

_PLAIN: Final = {
    "_io": frozenset({"BytesIO"}),
    "builtins": frozenset({"bytearray", "complex", "frozenset", "set"}),
    "datetime": frozenset({"date", "datetime", "time", "timedelta", "timezone"}),
    "decimal": frozenset({"Decimal"}),
    "uuid": frozenset({"UUID"}),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A function of a module's top level with its arguments and its bounds."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    memory_bytes: int


def dump_answer(value: Any) -> bytes:
    """What `load_answer` reads. Raises what pickle raises of a value that it can't say."""
    answer = BytesIO()
    _Said(answer, pickle.HIGHEST_PROTOCOL).dump(value)
    return answer.getvalue()


class _Said(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        """An enumeration's member as its class and value: Python before 3.11.4 would call `getattr` for it."""
        return (type(obj), (obj.value,)) if isinstance(obj, Enum) else NotImplemented


def load_answer(answer: bytes) -> Any:
    """The value that a child pickled. Raises pickle.UnpicklingError for one of a class that is not expected."""
    return _Answers(BytesIO(answer)).load()


class _Answers(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is plain or ours; never a function."""
        if name in _PLAIN.get(module, ()):
            return super().find_class(module, name)
        if module.startswith("orderhub.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        message = f"{module}.{name} is no class that an answer may have"
        raise pickle.UnpicklingError(message)
