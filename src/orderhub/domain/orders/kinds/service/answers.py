"""The buyer's answers to a service's questions, checked against the questions. Pure."""

from collections.abc import Sequence
from typing import Any

from orderhub.kit.errors import FieldError, InvalidError
from orderhub.kit.text import Label

Question = dict[str, Any]
Answer = dict[str, Any]


def checked(questions: Sequence[Question], given: Sequence[Answer]) -> list[Answer]:
    """The answers to keep. Raises InvalidError with a pointer for each that is missing or wrong."""
    by_id = {question["id"]: question for question in questions}
    answered = {answer["question_id"] for answer in given}
    errors = [error for place, answer in enumerate(given) for error in _wrong(place, answer, by_id)]
    if len(answered) != len(given):
        errors.append(
            FieldError(
                "/answers",
                "answered_twice",
                Label("Répondez à chaque question une seule fois.", "Answer each question once."),
            )
        )
    errors += [
        FieldError(
            "/answers",
            "answer_missing",
            Label(
                f"La question {question['id']} ({question['label']}) attend une réponse.",
                f"The question {question['id']} ({question['label']}) needs an answer.",
            ),
        )
        for question in questions
        if question["required"] and question["id"] not in answered
    ]
    if errors:
        raise InvalidError(
            Label("Des réponses manquent ou sont fausses.", "Some answers are missing or wrong."), errors=tuple(errors)
        )
    return [dict(answer) for answer in given]


def missing(questions: Sequence[Question], given: Sequence[Answer]) -> bool:
    """Whether a required question still waits for its answer."""
    answered = {answer["question_id"] for answer in given}
    return any(question["required"] and question["id"] not in answered for question in questions)


def _wrong(place: int, answer: Answer, questions: dict[str, Question]) -> list[FieldError]:
    question = questions.get(answer["question_id"])
    pointer = f"/answers/{place}"
    if question is None:
        return [
            FieldError(
                f"{pointer}/question_id",
                "question_unknown",
                Label("L’annonce n’a pas une telle question.", "The listing has no such question."),
            )
        ]
    kind, filled = question["kind"], [name for name in ("text", "choice", "file_id") if answer.get(name) is not None]
    wanted = {"text": "text", "choice": "choice", "file": "file_id"}[kind]
    if filled != [wanted]:
        return [
            FieldError(
                pointer,
                "answer_kind",
                Label(
                    f"Répondez à cette question avec « {wanted} » seul.", f"Answer this question with '{wanted}' alone."
                ),
            )
        ]
    if kind == "choice" and answer["choice"] not in question["choices"]:
        choices = ", ".join(question["choices"])
        return [
            FieldError(
                f"{pointer}/choice",
                "choice_unknown",
                Label(f"Choisissez parmi : {choices}.", f"Choose one of: {choices}."),
            )
        ]
    return []
