"""What a service order holds of its parties in words, and what is left of them. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.orders.kinds.service.details import details_of
from orderhub.domain.orders.state import OrderState


def export(order: OrderState, role: str) -> dict[str, Any]:
    """What is the buyer's: the answers; and what is the seller's: what was offered, and asked."""
    if role == "buyer":
        return {"answers": details_of(order).answers}
    return {"lines": order.lines, "questions": details_of(order).questions}


def forget(order: OrderState, role: str) -> dict[str, Any]:
    """The columns that lose the words of the party in this role: the buyer's answers, or the seller's offer."""
    details = details_of(order)
    if role == "buyer":
        return {"details": structs.replace(details, answers=tuple(map(_answer_kept, details.answers)))}
    codes = {question["id"]: f"q{place}" for place, question in enumerate(details.questions, start=1)}
    questions = (_unasked(question) | {"id": codes[question["id"]]} for question in details.questions)
    answers = (_reworded(answer) | {"question_id": codes[answer["question_id"]]} for answer in details.answers)
    return {
        "title": FORGOTTEN,
        "photo_file_id": None,
        "lines": [line | {"title": FORGOTTEN} for line in order.lines],
        "details": structs.replace(details, questions=tuple(questions), answers=tuple(answers)),
    }


def _answer_kept(answer: Mapping[str, Any]) -> dict[str, Any]:
    """That it was answered; a choice is one of the seller's words."""
    texts = {"text": FORGOTTEN} if "text" in answer else {}
    return {name: value for name, value in answer.items() if name != "file_id"} | texts


def _reworded(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A choice is one of the seller's words."""
    return {**answer, "choice": FORGOTTEN} if "choice" in answer else dict(answer)


def _unasked(question: Mapping[str, Any]) -> dict[str, Any]:
    choices = [FORGOTTEN for _ in question.get("choices", [])]
    return {**question, "label": FORGOTTEN, "choices": choices}
