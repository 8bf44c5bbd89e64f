"""The quotes of the sample data: carts of partner shops' things, and what becomes of the proformas asked for."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import accumulate
from typing import Any, Final
from uuid import UUID

from orderhub.domain.accounts.address_rules import PostalAddress
from orderhub.domain.carts.adding import NewLine
from orderhub.domain.policies import queries as policies
from orderhub.domain.quotes import requesting, saving
from orderhub.domain.quotes.drafting import WrittenDraft
from orderhub.domain.quotes.requesting import QuoteRequest
from orderhub.domain.samples import AWA, CHLOE, KOFFI, LEA, Carts, Quotes, SamplePerson, cart_of, lines_of
from orderhub.infra.business_clock import business_now
from orderhub.seed.baskets import Basket, gather
from orderhub.seed.pricing import sample_draft
from orderhub.seed.stage import Stage, unshown

_CLIENT: Final = "192.0.2.7"
_GATHERED_BEFORE: Final = timedelta(hours=2)
_HOMES: Final = {
    AWA.id: PostalAddress("Awa Diallo", "12 rue Oberkampf", "Paris", "FR", postcode="75011", phone="06 12 34 56 78"),
    KOFFI.id: PostalAddress("Koffi N’Guessan", "Cocody, rue des Jardins", "Abidjan", "CI", phone="07 07 12 34 56"),
    LEA.id: PostalAddress("Léa Fontaine", "3 quai Saint-Antoine", "Lyon", "FR", postcode="69002"),
}

Do = Callable[[Stage], Awaitable[None]]
Article = tuple[str, str, int, str | None]
"""Name, page, quantity, note."""


@dataclass(frozen=True, slots=True)
class Request:
    """A quote that somebody asks for, and what becomes of it; the steps are each so many hours after the one before."""

    quote_id: UUID
    buyer: SamplePerson
    days_ago: float
    articles: Sequence[Article]
    steps: "Sequence[tuple[float, Step]]" = ()
    message: str | None = None


Step = Callable[[Stage, Request], Awaitable[None]]


def act_on_quote(person: SamplePerson, action: str, **command: Any) -> Step:
    """A row of the quote's table."""

    async def step(stage: Stage, request: Request) -> None:
        await stage.act_on_quote(person.id, request.quote_id, action, command)

    return step


def price(currency: str, *prices: int, valid_days: int = 30) -> Step:
    """Chloé prices each line, and saves the draft."""

    async def step(stage: Stage, request: Request) -> None:
        async with stage.database.session() as session:
            now = await business_now(session)
            said: WrittenDraft = sample_draft(currency, lines_of(cart_of(request.quote_id)), prices, now, valid_days)
            quote = await saving.take_to_draft(session, request.quote_id, CHLOE.id, now)
            await saving.save_draft(session, quote, said, now.date(), staff_id=CHLOE.id)

    return step


_BAZIN: Final = "https://maison-du-bazin.example"
_TOOLS: Final = "https://quincaillerie-brotteaux.example"
_INDIGO: Final[Article] = ("Bazin riche indigo, 5 mètres", f"{_BAZIN}/bazin-riche-indigo", 2, "Indigo foncé, mat")
_WAX: Final[Article] = ("Wax hollandais, 6 yards", f"{_BAZIN}/wax-hollandais", 1, "Motif hirondelles")
_DRILL: Final[Article] = ("Perceuse à percussion 18 V", f"{_TOOLS}/perceuse-18v", 1, None)
_BITS: Final[Article] = ("Coffret de forets, 25 pièces", f"{_TOOLS}/forets-25", 3, "Pour béton et métal")
FABRICS: Final = (_INDIGO, _WAX)
HARDWARE: Final = (_DRILL, _BITS)

TAKEN: Final = (3.0, act_on_quote(CHLOE, "take"))
_ISSUED: Final = (TAKEN, (5.0, price("EUR", 4_590, 3_200)), (1.0, act_on_quote(CHLOE, "issue")))
_ISSUED_AT_ONCE: Final = (
    (2.0, act_on_quote(CHLOE, "take")),
    (0.0, price("EUR", 4_590, 3_200)),
    (0.0, act_on_quote(CHLOE, "issue")),
)
_IN_FRANCS: Final = (TAKEN, (4.0, price("XOF", 89_500, 12_750)), (1.0, act_on_quote(CHLOE, "issue")))

QUOTES: Final = (
    Request(
        Quotes.EXPIRED,
        AWA,
        16,
        HARDWARE,
        (TAKEN, (5.0, price("EUR", 12_990, 1_890, valid_days=7)), (1.0, act_on_quote(CHLOE, "issue"))),
    ),
    Request(
        Quotes.VERSIONS,
        KOFFI,
        6,
        HARDWARE,
        (
            *_IN_FRANCS,
            (
                20.0,
                act_on_quote(
                    KOFFI, "ask_changes", message="Deux coffrets suffisent, et la perceuse avec deux batteries."
                ),
            ),
            TAKEN,
            (6.0, price("XOF", 104_000, 12_750)),
            (1.0, act_on_quote(CHLOE, "issue")),
        ),
        message="Livraison à Cocody si possible avant Noël.",
    ),
    Request(Quotes.DECLINED, LEA, 11.95, FABRICS, (*_ISSUED_AT_ONCE, (2.0, act_on_quote(LEA, "decline")))),
    Request(
        Quotes.WITHDRAWN,
        LEA,
        11.95,
        HARDWARE,
        (*_ISSUED_AT_ONCE, (2.0, act_on_quote(CHLOE, "withdraw", reason="La boutique a changé ses prix."))),
    ),
    Request(Quotes.CANCELLED, LEA, 11.95, FABRICS, ((2.0, act_on_quote(LEA, "cancel")),)),
    Request(
        Quotes.REJECTED,
        KOFFI,
        11.95,
        HARDWARE,
        ((2.0, act_on_quote(CHLOE, "reject", reason="Nous ne faisons pas voyager de batteries au lithium.")),),
    ),
    Request(
        Quotes.CHANGES_REQUESTED,
        LEA,
        5.7,
        FABRICS,
        (
            *_ISSUED_AT_ONCE,
            (24.0, act_on_quote(LEA, "ask_changes", message="Le wax en deux exemplaires, s’il vous plaît.")),
        ),
    ),
    Request(Quotes.ISSUED_ACCEPT, AWA, 2.9, FABRICS, _ISSUED, message="C’est pour un mariage fin décembre."),
    Request(Quotes.ISSUED_DECLINE, AWA, 2.8, FABRICS, _ISSUED),
    Request(Quotes.ISSUED_CHANGES, AWA, 2.7, FABRICS, _ISSUED),
    Request(Quotes.ISSUED_WITHDRAW, AWA, 2.6, FABRICS, _ISSUED),
    Request(Quotes.DRAFTED, AWA, 1.9, FABRICS, (TAKEN, (5.0, price("EUR", 4_590, 3_200)))),
    Request(Quotes.IN_PREPARATION, AWA, 1.8, FABRICS, (TAKEN,)),
    Request(Quotes.REQUESTED_TAKE, AWA, 0.8, HARDWARE),
    Request(Quotes.REQUESTED_CANCEL, AWA, 0.7, HARDWARE),
    Request(Quotes.REQUESTED_REJECT, AWA, 0.6, HARDWARE),
)


def moments_of(request: Request, now: datetime) -> list[tuple[datetime, Do]]:
    """Everything that happens to a quote, each with its instant."""
    asked_at = now - timedelta(days=request.days_ago)
    basket = _basket(cart_of(request.quote_id), request.buyer, request.days_ago, request.articles)
    gathered = partial(gather, basket=basket)
    hours = accumulate(after for after, _ in request.steps)
    later = [asked_at + timedelta(hours=passed) for passed in hours]
    steps = [_scene(step, request) for _, step in request.steps]
    return [
        (asked_at - _GATHERED_BEFORE, gathered),
        (asked_at, _scene(_ask, request)),
        *zip(later, steps, strict=True),
    ]


def _basket(cart_id: UUID, buyer: SamplePerson, days_ago: float, articles: Sequence[Article]) -> Basket:
    lines = [
        NewLine(name, url, quantity, note, None, line_id)
        for line_id, (name, url, quantity, note) in zip(lines_of(cart_id), articles, strict=False)
    ]
    return Basket(cart_id, buyer, days_ago, lines, separate=True)


TO_REQUEST: Final = _basket(Carts.TO_REQUEST, AWA, 0.5, FABRICS)
"""The cart that the documented request asks a quote for."""


def _scene(step: Step, request: Request) -> Do:
    return lambda stage: step(stage, request)


async def _ask(stage: Stage, request: Request) -> None:
    async with stage.database.session() as session:
        terms = await policies.current_terms(session)
    asked = QuoteRequest(
        cart_of(request.quote_id),
        terms.version,
        _HOMES[request.buyer.id],
        None,
        request.message,
        _CLIENT,
        quote_id=request.quote_id,
    )
    await requesting.request_quote(stage.database, await stage.caller(request.buyer.id), asked, unshown)
