"""Listings of services as their seller writes them, and whole."""

from typing import Annotated, Any, Literal

from pydantic import MISSING, ConfigDict, Field

from orderhub.api.schemas.base import Input, Name
from orderhub.api.schemas.codes import Codes
from orderhub.api.schemas.forms import Form
from orderhub.api.schemas.listing_cards import Days
from orderhub.api.schemas.listing_options import OptionOut
from orderhub.api.schemas.listing_parts import FirstListingState, ListingHeadOut, ListingParts, Title
from orderhub.domain.catalog.rules import MAX_OPTIONS, MAX_QUESTIONS
from orderhub.kit.text import Label

Revisions = Annotated[int, Field(ge=0, le=100, description="How many are included; null is unlimited.")]

_EXAMPLE: dict[str, Any] = {
    "kind": "service",
    "title": "Logo vectoriel en trois pistes",
    "description": "Je dessine trois pistes à partir de votre brief, puis les fichiers sources.",
    "category": "graphic_design",
    "price": {"amount": 12000, "currency": "EUR"},
    "days": 5,
    "revisions": 2,
    "questions": [
        {"id": "activity", "label": "Quelle est votre activité ?", "kind": "text", "required": True},
        {
            "id": "style",
            "label": "Quel style préférez-vous ?",
            "kind": "choice",
            "required": False,
            "choices": ["Sobre", "Coloré"],
        },
    ],
    "state": "active",
}


_QUESTION_ID = Form(
    "^[a-z][a-z0-9_]{0,39}$",
    Label(
        "Commencez par une minuscule ; minuscules, chiffres et tirets bas peuvent suivre.",
        "Begin with a small letter; small letters, digits and underscores may follow.",
    ),
)


QuestionKind = Annotated[
    str,
    Codes(
        "QuestionKind",
        "How a question is answered: in words, by choosing, or with a file.",
        lambda: ("text", "choice", "file"),
    ),
]


class Question(Input):
    """Something that the buyer is asked after paying; what is required must be answered before work begins."""

    id: Annotated[
        Annotated[str, Field(max_length=40, examples=["activity"]), _QUESTION_ID],
        Field(description="A name that is unique within the listing: answers call it `question_id`."),
    ]
    label: Annotated[
        str,
        Name(300, examples=["Quelle est votre activité ?"]),
        Field(description="The question as the buyer reads it."),
    ]
    kind: QuestionKind
    required: Annotated[bool, Field(description="Whether it must be answered before work begins.")] = True
    choices: Annotated[
        list[Annotated[str, Name(100, examples=["Sobre"])]],
        Field(default_factory=list[str], max_length=20, description="For the kind `choice`: at least two."),
    ]


class ServiceParts(ListingParts):
    """What only services have, besides."""

    days: Days | MISSING = MISSING
    revisions: Revisions | MISSING | None = MISSING
    questions: Annotated[list[Question], Field(max_length=MAX_QUESTIONS)] | MISSING = MISSING
    accepts_inquiries: Annotated[bool, Field(description="Whether anybody may write before ordering.")] | MISSING = (
        MISSING
    )


class ServiceIn(ServiceParts):
    """A new service. A draft may still lack what an active one needs."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    kind: Annotated[Literal["service"], Field(description="Left out, it is a service.")]
    title: Title
    state: FirstListingState = "draft"


class ServiceOut(ListingHeadOut):
    """A service whole."""

    kind: Literal["service"]
    days: Annotated[
        Days | None, Field(description="Calendar days from acceptance to delivery; null while a draft has none.")
    ]
    revisions: Revisions | None
    questions: Annotated[list[Question], Field(max_length=MAX_QUESTIONS)]
    options: Annotated[list[OptionOut], Field(max_length=MAX_OPTIONS)]
    accepts_inquiries: bool
