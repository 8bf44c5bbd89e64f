"""What a service order holds of its parties in words, and what is left of them. Pure."""

from collections.abc import Mapping
from typing import Any

from orderhub.domain.accounts.forgetting import FORGOTTEN
from orderhub.domain.orders.state import OrderState


def export(order: OrderState, role: str) -> dict[str, Any]:
    """What is the buyer's: the answers; and what is the seller's: what was offered, and asked."""
    if role == "buyer":
        return {"answers": order.answers}
    return {"lines": order.lines, "questions": order.questions}


def forget(order: OrderState, role: str) -> dict[str, Any]:
    """The columns that lose the words of the party in this role: the buyer's answers, or the seller's offer."""
    if role == "buyer":
        return {"answers": [_answer_kept(answer) for answer in order.answers]}
    codes = {question["id"]: f"q{place}" for place, question in enumerate(order.questions, start=1)}
    return {
        "title": FORGOTTEN,
        "photo_file_id": None,
        "lines": [line | {"title": FORGOTTEN} for line in order.lines],
        "questions": [_unasked(question) | {"id": codes[question["id"]]} for question in order.questions],
        "answers": [_reworded(answer) | {"question_id": codes[answer["question_id"]]} for answer in order.answers],
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
