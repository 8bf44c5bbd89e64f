"""What a service order holds of its parties in words, and what is left of them. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from orderhub.domain.accounts.forgetting import FORGOTTEN, nameless
from orderhub.domain.orders.kinds.service.details import Delivery, details_of
from orderhub.domain.orders.state import OrderState
from orderhub.kit.clock import show_instant


def export(order: OrderState, role: str) -> dict[str, Any]:
    """What is the buyer's: the answers; and what is the seller's: what was offered, asked and delivered."""
    if role == "buyer":
        return {"answers": details_of(order).answers}
    details = details_of(order)
    deliveries = [
        {"at": show_instant(each.at), "message": each.message, "files": [file.name for file in each.files]}
        for each in details.deliveries
    ]
    return {
        "lines": order.lines,
        "scope": details.scope,
        "questions": details.questions,
        "deliveries": deliveries,
        "extras": [extra.title for extra in details.extras],
    }


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
        "details": structs.replace(
            details,
            scope=FORGOTTEN if details.scope else None,
            questions=tuple(questions),
            answers=tuple(answers),
            deliveries=tuple(_wordless(delivery, kept=order.paid_at is not None) for delivery in details.deliveries),
        ),
    }


def _wordless(delivery: Delivery, *, kept: bool) -> Delivery:
    """That something was delivered, and, where it is the buyer's by now, which files, without their names."""
    files = tuple(structs.replace(file, name=nameless(file.name)) for file in delivery.files) if kept else ()
    return structs.replace(delivery, message=FORGOTTEN if delivery.message else None, files=files)


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
