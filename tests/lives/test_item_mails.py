"""What buyer and seller of an item are told by mail once it is paid."""

from tests.lives.hub import Hub
from tests.lives.test_items import buy, on_sale, paid
from tests.lives.test_sourced_mails import mails_to
from tests.lives.world import Person


async def test_the_mails_of_a_paid_item(hub: Hub, bruno: Person) -> None:
    order = await paid(hub.world, hub.awa, await buy(hub.awa, await on_sale(hub.world, bruno)))
    bought = await mails_to(hub, "awa@example.fr")
    sold = await mails_to(hub, "bruno@example.fr")

    confirmation = next(mail.text for subject, mail in bought.items() if subject.startswith("Confirmation"))
    for told in (
        "Veste en jean",
        "25,00\u00a0€",
        "3,99\u00a0€",
        "1,95\u00a0€",
        "30,94\u00a0€",
        "Envoyé par le vendeur",
    ):
        assert told in confirmation
    to_send = next(mail.text for subject, mail in sold.items() if subject.startswith(("Article vendu", "Item sold")))
    assert "12 rue Oberkampf, 75011 Paris" in to_send
    assert "À envoyer au plus tard le" in to_send or "To be sent by" in to_send
    assert "Oberkampf" not in confirmation
    for text in (confirmation, to_send):
        assert f"/conversations/{order['conversation_id']}" in text
