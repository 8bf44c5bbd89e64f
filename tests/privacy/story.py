"""Zoé does everything that a person can do at the hub: she sells, buys, buys through the house, writes and reviews.

Each part of it is told over HTTP. Whatever Zoé writes is marked, Awa, Bruno and the staff write plainly.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

import httpx

from orderhub.kit.ids import parse_id, show_id
from tests.lives.hub import ADDRESS, RECEIPT, Hub
from tests.lives.world import Person, World
from tests.making.items import add_item
from tests.making.signatures import signed
from tests.privacy.asking import ask_in_public
from tests.privacy.marks import Marked, Marks

PASSWORD: Final = "mangues-du-marche"
EUR: Final = "EUR"
_TEXT, _CHOICE = "activite", "style"
_BUSINESS: Final = {"name": "Logos", "registration_number": "732829320", "address": ADDRESS}
_OPTION: Final = {"title": "Version animée", "price": {"amount": 3_000, "currency": EUR}, "days": 2}
_LISTING: Final = {
    "kind": "service",
    "title": "Logo",
    "description": "Un logo.",
    "category": "graphic_design",
    "price": {"amount": 12_000, "currency": EUR},
    "days": 5,
    "revisions": 2,
    "accepts_inquiries": True,
    "state": "active",
}
_WORDS: Final = {"size": "38", "brand": "Sézane", "colour": "bleu"}
_ITEM: Final = {
    "kind": "item",
    "title": "Veste",
    "description": "Une veste.",
    "category": "womens_clothing",
    "price": {"amount": 2_500, "currency": EUR},
    "condition": "good",
    "parcel_size": "small",
    "state": "active",
    **_WORDS,
}
_QUESTIONS: Final = [
    {"id": _TEXT, "label": "Votre activité ?", "kind": "text", "required": True},
    {"id": _CHOICE, "label": "Quel style ?", "kind": "choice", "required": False, "choices": ["Sobre", "Vif"]},
]


@dataclass(slots=True)
class Story:
    """The people, and what came of it."""

    world: World
    marks: Marks
    zoe: Marked
    awa: Person
    bruno: Person
    chloe: Person
    farid: Person
    ada: Person
    paid: set[str] = field(default_factory=set[str])
    """Names of those with whom Zoé had an order that was paid."""
    things: dict[str, str] = field(default_factory=dict[str, str])
    """Ids by the name of the path parameter that takes them."""

    @property
    def hub(self) -> Hub:
        """The house, for Zoé."""
        return Hub(self.world, self.zoe, self.chloe, self.farid, self.ada)

    async def upload(self, person: Person, *, purpose: str = "attachment") -> str:
        """A file; Zoé's name and content are marked."""
        name, content = "brief.txt", "Un brief."
        if person is self.zoe:
            name = self.marks.wording(self.marks.add("POST /v1/files", purpose, "/file/name"), 200) + ".txt"
            content = self.marks.wording(self.marks.add("POST /v1/files", purpose, "/file/content"), 200)
        sent = {"file": (name, content.encode(), "text/plain")}
        if purpose == "photo":
            sent = {"file": (name.removesuffix(".txt") + ".png", _PIXEL, "image/png")}
        found = await Person.ask(person, "POST", "/files", 201, files=sent, data={"purpose": purpose})
        return found["id"]

    async def play(self) -> None:
        """All of it; what is unpaid first."""
        await self.introduce()
        await self.offer()
        await self.haggle()
        await self.ask_before_ordering()
        await ask_in_public(self.world, self.zoe, awa=self.awa, bruno=self.bruno)
        await self.order_without_paying()
        await self.buy()
        await self.sell()
        await self.ask_for_quotes()
        await self.buy_through_the_house()
        await self.world.settled()

    async def introduce(self) -> None:
        """What Zoé says of herself."""
        zoe = self.zoe
        await zoe.ask("PATCH", "/me", json={"country": "ES"})
        home = await zoe.ask("POST", "/me/addresses", 201, json=ADDRESS)
        await zoe.ask("PATCH", f"/me/addresses/{home['id']}", json={"city": "Lyon"})
        await zoe.ask("POST", "/me/addresses", 201, json=ADDRESS)
        await zoe.ask("PUT", "/me/trader", json=_BUSINESS)
        await zoe.ask("POST", "/accounts/password-reset", 202, json={"email": "zoe"})

    async def offer(self) -> None:
        """Zoé's and Bruno's listings, with options and questions."""
        zoe = self.zoe
        photo = await self.upload(zoe, purpose="photo")
        mine = await zoe.ask("POST", "/listings", 201, json=_LISTING | {"questions": _QUESTIONS, "photo_ids": [photo]})
        mine = await zoe.ask("PATCH", f"/listings/{mine['id']}", json={"questions": _QUESTIONS})
        option = await zoe.ask("POST", f"/listings/{mine['id']}/options", 201, json=_OPTION)
        await zoe.ask("PATCH", f"/listings/{mine['id']}/options/{option['id']}", json={"days": 1})
        item = await zoe.ask("POST", "/listings", 201, json=_ITEM | {"photo_ids": [photo]})
        await zoe.ask("PATCH", f"/listings/{item['id']}", json=_WORDS)
        theirs = await self.bruno.ask("POST", "/listings", 201, json=_LISTING | {"questions": _QUESTIONS})
        await zoe.ask("PUT", f"/listings/{theirs['id']}/favourite", 204)
        self.things |= {"listing_id": mine["id"], "option_id": option["id"], "brunos_listing": theirs["id"]}
        self.things |= {"file_id": photo, "choice": mine["questions"][1]["choices"][0]}
        self.things |= {"text_question": mine["questions"][0]["id"], "choice_question": mine["questions"][1]["id"]}

    async def haggle(self) -> None:
        """Zoé offers less for Bruno's jacket, is countered, and counters that; he declines."""
        async with self.world.parts.database.session() as session:
            jacket = await add_item(session, self.bruno.account_id)
        amount = {"amount": 1_500, "currency": EUR}
        path = f"/listings/{show_id('lst', jacket.id)}/offers"
        (made,) = (await self.zoe.ask("POST", path, 201, json={"amount": amount, "message": "?"}))["data"]
        for person, much in ((self.bruno, 2_300), (self.zoe, 1_900)):
            amount = {"amount": much, "currency": EUR}
            said = {"action": "counter", "amount": amount, "message": "Ma limite."}
            made = await person.ask("POST", f"/offers/{made['id']}/transitions", 201, json=said)
        await self.bruno.ask("POST", f"/offers/{made['id']}/transitions", json={"action": "decline"})
        await self.world.worker.drain()
        for path in (f"/offers/{made['id']}", f"/offers/{made['id']}/transitions", "/offers", "/events?limit=100"):
            await self.bruno.ask("GET", path)
        self.things["offer_id"] = made["id"]

    async def ask_before_ordering(self) -> None:
        """Zoé asks Bruno, and Awa asks Zoé, who answers."""
        asking = {
            "listing_id": self.things["brunos_listing"],
            "text": "?",
            "attachments": [await self.upload(self.zoe)],
        }
        asked = await self.zoe.ask("POST", "/conversations", 201, json=asking)
        await self.bruno.ask("POST", f"/conversations/{asked['id']}/messages", 201, json={"text": "Oui."})
        inquiry = {"listing_id": self.things["listing_id"], "text": "Bonjour ?"}
        talk = await self.awa.ask("POST", "/conversations", 201, json=inquiry)
        custom = {"amount": {"amount": 9_000, "currency": EUR}, "days": 3, "scope": "?", "message": "?"}
        made = await self.zoe.ask("POST", f"/conversations/{talk['id']}/offers", 201, json=custom)
        await self.awa.ask("GET", f"/offers/{made['id']}")
        await self.awa.ask("POST", f"/offers/{made['id']}/transitions", json={"action": "decline"})
        answer = {"text": "!", "attachments": [await self.upload(self.zoe)]}
        await self.zoe.ask("POST", f"/conversations/{talk['id']}/messages", 201, json=answer)
        self.things["conversation_id"] = talk["id"]

    def answers(self) -> list[dict[str, Any]]:
        """Of Zoé to Bruno's questions."""
        return [{"question_id": _TEXT, "text": "?"}, {"question_id": _CHOICE, "choice": "Vif"}]

    async def order_without_paying(self) -> None:
        """Zoé orders of Bruno and Awa of Zoé; nobody pays."""
        unpaid = await self.world.place(self.zoe, self.things["brunos_listing"], answers=self.answers())
        await self.zoe.do(unpaid["id"], "report_problem", reason="?")
        message = {"text": "?", "attachments": [await self.upload(self.zoe)]}
        await self.zoe.ask("POST", f"/conversations/{unpaid['conversation_id']}/messages", 201, json=message)
        await self.world.worker.drain()
        await self.look(self.bruno, unpaid)
        (case,) = (await self.chloe.ask("GET", "/staff/cases?kind=problem"))["data"]
        await self.chloe.ask("POST", f"/staff/cases/{case['id']}/close", json={"resolution": "Vu."})
        await self.zoe.do(unpaid["id"], "cancel", reason="?")
        await self.look(self.bruno, unpaid)
        mine = await self.world.place(self.awa, self.things["listing_id"], options=[self.things["option_id"]])
        await self.zoe.do(mine["id"], "report_problem", reason="?")
        await self.zoe.ask("POST", f"/conversations/{mine['conversation_id']}/messages", 201, json={"text": "!"})
        await self.world.worker.drain()
        await self.look(self.awa, mine)
        await self.awa.do(mine["id"], "cancel")
        await self.world.worker.drain()
        await self.look(self.awa, mine)

    async def look(self, person: Person, order: Any) -> None:
        """Somebody reads all there is of an order."""
        path = f"/orders/{order['id']}"
        for part in ("", "/transitions", "/payments", "/escrow", "/reviews"):
            await person.ask("GET", f"{path}{part}", 200)
        await person.ask("GET", f"/conversations/{order['conversation_id']}")
        messages = await person.ask("GET", f"/conversations/{order['conversation_id']}/messages")
        for message in messages["data"]:
            for attached in message["attachments"]:
                await person.ask("GET", f"/files/{attached['id']}")
        for path in ("/orders", "/conversations", "/me/notifications", "/events?limit=100", "/me/export"):
            await person.ask("GET", path)

    async def buy(self) -> None:
        """Zoé buys of Bruno, and everything that a buyer says is said."""
        zoe, bruno = self.zoe, self.bruno
        order = await self.world.place(zoe, self.things["brunos_listing"], answers=self.answers())
        self.paid.add("bruno")
        await self.world.pay(zoe, order["id"])
        await self.world.until(zoe, order["id"], "awaiting_acceptance")
        await bruno.do(order["id"], "ask_instructions", message="Lesquelles ?")
        answers = [*self.answers()]
        await zoe.do(order["id"], "provide_instructions", answers=answers)
        await bruno.do(order["id"], "accept")
        await zoe.do(order["id"], "request_cancellation", reason="?")
        await self.look(bruno, order)
        await bruno.do(order["id"], "decline_cancellation", reason="Non.")
        await zoe.do(order["id"], "open_dispute", reason="?")
        await self.look(bruno, order)
        await zoe.do(order["id"], "withdraw_dispute")
        await bruno.do(order["id"], "deliver", message="Voici.", files=[await self.upload(bruno)])
        await zoe.do(order["id"], "request_revision", message="?")
        await bruno.do(order["id"], "decline_revision", reason="Non.")
        await zoe.do(order["id"], "approve")
        await self.review(zoe, bruno, order)
        await self.world.worker.drain()
        await self.look(bruno, order)
        self.things |= {"order_id": order["id"]}

    async def review(self, one: Person, other: Person, order: Any) -> None:
        """Each reviews the other, and each replies."""
        for author, subject in ((one, other), (other, one)):
            opinion = {"rating": 4, "text": "Très bien."}
            review = await author.ask("POST", f"/orders/{order['id']}/reviews", 201, json=opinion)
            await subject.ask("POST", f"/reviews/{review['id']}/reply", 201, json={"text": "Merci."})

    async def sell(self) -> None:
        """Awa buys of Zoé, and everything that a seller says is said."""
        self.paid.add("awa")
        await self._sell_and_deliver()
        declined = await self._sold()
        await self.zoe.do(declined["id"], "decline", reason="?")
        cancelled = await self._sold()
        await self.zoe.do(cancelled["id"], "accept")
        await self.zoe.do(cancelled["id"], "cancel", reason="?")
        await self.world.worker.drain()
        for order in (declined, cancelled):
            await self.look(self.awa, order)

    async def _sold(self) -> Any:
        """An order of Awa's that waits for Zoé."""
        chosen = {"question_id": self.things["choice_question"], "choice": self.things["choice"]}
        answers = [{"question_id": self.things["text_question"], "text": "Une boulangerie."}, chosen]
        order = await self.world.place(self.awa, self.things["listing_id"], answers=answers)
        await self.world.pay(self.awa, order["id"])
        return await self.world.until(self.awa, order["id"], "awaiting_acceptance")

    async def _sell_and_deliver(self) -> None:
        zoe, awa = self.zoe, self.awa
        order = await self._sold()
        await zoe.do(order["id"], "ask_instructions", message="?")
        await self.look(awa, order)
        await awa.do(order["id"], "provide_instructions", answers=order["answers"])
        await zoe.do(order["id"], "accept")
        await awa.do(order["id"], "add_extra", option_id=self.things["option_id"])
        await zoe.do(order["id"], "request_extension", reason="?", days=2)
        await self.look(awa, order)
        await awa.do(order["id"], "accept_extension")
        await awa.do(order["id"], "request_cancellation")
        await zoe.do(order["id"], "decline_cancellation", reason="?")
        await zoe.do(order["id"], "refund_part", reason="?", amount={"amount": 500, "currency": EUR})
        await zoe.do(order["id"], "deliver", message="?", files=[await self.upload(zoe)])
        await awa.do(order["id"], "request_revision", message="Plus bleu.")
        await zoe.do(order["id"], "decline_revision", reason="?")
        await zoe.do(order["id"], "open_dispute", reason="?")
        await self.look(awa, order)
        await self.chloe.do(order["id"], "rule_refund", decision="Remboursée.")
        await self.world.worker.drain()
        await self.look(awa, order)

    async def ask_for_quotes(self) -> None:
        """Quotes that come to nothing: declined, cancelled, and accepted without being paid."""
        hub = self.hub
        declined = await hub.issued()
        await hub.on_quote(self.zoe, declined, "decline")
        cancelled = await hub.requested()
        await hub.on_quote(self.zoe, cancelled, "cancel")
        changed = await hub.issued()
        await hub.on_quote(self.zoe, changed, "ask_changes", message="?")
        await hub.on_quote(self.chloe, changed, "take")
        await hub.issue(changed)
        order = await hub.on_quote(self.zoe, changed, "accept", 201, version=2)
        await self.zoe.do(order["id"], "cancel", reason="?")
        left = await self.zoe.ask("POST", "/carts", 201, json={})
        line = await self.zoe.ask("POST", f"/carts/{left['id']}/lines", 201, json={"name": "?", "quantity": 1})
        lines = line.get("lines", [line])
        await self.zoe.ask("PATCH", f"/carts/{left['id']}/lines/{lines[-1]['id']}", json={"quantity": 2})
        await self.zoe.ask("DELETE", f"/carts/{left['id']}", 204)

    async def buy_through_the_house(self) -> None:
        """An order of the house, paid by transfer, fetched with a code."""
        hub = self.hub
        order = await hub.ordered()
        await self.answer_by_mail()
        seen = await self.farid.ask("GET", f"/orders/{order['id']}")
        proof = {"proof_sha256": seen["sourcing"]["proof"]["sha256"]}
        await self.farid.do(order["id"], "reject_proof", reason="Illisible.", **proof)
        await self.zoe.do(order["id"], "report_problem", reason="?")
        order = await hub.proven(order, reference="VIR Y")
        order = await hub.confirm(order, "confirm_deposit", order["sourcing"]["due"]["amount"], "VIR 1")
        await self._receive(order)
        started = {"method": "transfer", "return_url": "https://boutique.example/"}
        payment = await self.zoe.ask("POST", f"/orders/{order['id']}/payments", 201, json=started)
        receipt = await self._receipt()
        due = (await self.zoe.ask("GET", f"/orders/{order['id']}"))["sourcing"]["due"]
        proof = {"file_id": receipt, "amount": due, "method": "transfer", "reference": "?"}
        await self.zoe.ask("POST", f"/payments/{payment['id']}/proofs", 201, json=proof)
        order = await hub.confirm(order, "confirm_balance", due["amount"], "VIR 2")
        order = await self.zoe.ask("GET", f"/orders/{order['id']}")
        await self.chloe.do(order["id"], "hand_over", code=order["sourcing"]["pick_up"]["code"])
        self.things |= {"sourced_order": order["id"], "payment_id": payment["id"]}

    async def _receipt(self) -> str:
        mark = self.marks.add("POST /v1/files", "receipt", "/file/content")
        sent = {"file": ("recu.pdf", RECEIPT + mark.encode(), "application/pdf")}
        found = await Person.ask(self.zoe, "POST", "/files", 201, files=sent, data={"purpose": "attachment"})
        return found["id"]

    async def _receive(self, order: Any) -> None:
        lines = order["sourcing"]["lines"]
        bought = [{"line_id": line["id"], "supplier_reference": f"CMD-{place}"} for place, line in enumerate(lines)]
        await self.chloe.do(order["id"], "purchase", lines=bought)
        await self.chloe.do(order["id"], "ship_to_hub")
        counted = [{"line_id": line["id"], "counted": line["quantity"]} for line in lines]
        await self.chloe.do(order["id"], "receive", lines=counted)
        fees = [{"label": "Frais", "amount": {"amount": 900, "currency": EUR}}]
        freight = {"basis": "flat", "amount": {"amount": 2_000, "currency": EUR}}
        await self.farid.do(order["id"], "issue_final_invoice", fees=fees, freight=freight)

    async def answer_by_mail(self) -> None:
        """Zoé answers proformas by mail: one is over, so that staff look at it; the other's receipt is submitted."""
        await self.world.worker.drain()
        mails = await self.zoe.ask("GET", "/sandbox/mailbox?limit=100")
        addresses = [mail["reply_to"] for mail in mails["data"] if mail["reply_to"]]
        await self._mail(addresses[-1])
        await self._mail(addresses[0])

    async def _mail(self, reply_to: str) -> None:
        mail = EmailMessage(policy=SMTP)
        mail["From"] = f"Zoé <{self.marks.add('POST /v1/hooks/mail', '', '/from')}@example.fr>"
        mail["To"] = reply_to
        mail["Subject"] = self.marks.add("POST /v1/hooks/mail", "", "/subject")
        mail["Message-ID"] = f"<{self.marks.add('POST /v1/hooks/mail', '', '/message-id')}@example.fr>"
        mail.set_content(self.marks.add("POST /v1/hooks/mail", "", "/text"))
        attached = self.marks.add("POST /v1/hooks/mail", "", "/attachment/content").encode()
        name = self.marks.add("POST /v1/hooks/mail", "", "/attachment/name")
        mail.add_attachment(attached, maintype="text", subtype="plain", filename=f"{name}.txt")
        body = mail.as_bytes()
        secret = self.world.parts.settings.mail.inbound_secret.get_secret_value()
        headers = {"Content-Type": "message/rfc822"} | signed(secret, body)
        async with httpx.AsyncClient(base_url=self.world.base_url, trust_env=False) as relay:
            answer = await relay.post("/v1/hooks/mail", content=body, headers=headers)
        assert answer.json() == {"outcome": "recorded"}
        await self.world.worker.drain()


async def begin(world: World, marks: Marks, person: Callable[..., Any] | None = None) -> Story:
    """Zoé registers, confirms and signs in; the others are there."""
    make = person or world.person
    awa, bruno = await make("awa"), await make("bruno")
    chloe, farid = await world.person("chloe", "support"), await world.person("farid", "finance")
    ada = await world.person("ada", "admin")
    return Story(world, marks, await _register(world, marks), awa, bruno, chloe, farid, ada)


async def _register(world: World, marks: Marks) -> Marked:
    client = httpx.AsyncClient(base_url=world.base_url, trust_env=False)
    world.clients.append(client)
    said = {"email": "z", "password": PASSWORD, "display_name": "Zoé", "handle": "zoe", "language": "fr"}
    body = marks.filled("POST", "/v1/accounts", said)
    answer = await client.post("/v1/accounts", json=body)
    assert answer.status_code == 202, answer.text
    await world.worker.drain()
    async with asyncio.timeout(5):
        mails = (await client.get("/v1/sandbox/mailbox", params={"to": body["email"]})).json()["data"]
    token = mails[0]["text"].split("token=")[1].split()[0]
    confirmed = await client.post("/v1/accounts/confirm", json={"token": token})
    assert confirmed.is_success, confirmed.text
    signed_in = await client.post("/v1/auth/token", data={"username": body["email"], "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"
    client.headers["User-Agent"] = marks.add("POST /v1/auth/token", "", "User-Agent")
    me = (await client.get("/v1/me")).json()
    account_id = parse_id("acc", me["id"])
    assert account_id is not None
    return Marked(account_id, client, marks)


_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
