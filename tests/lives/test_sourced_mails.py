"""What is in Awa's mailbox and in the staff's inbox once a sourced order was played, over HTTP and by the worker."""

from typing import Any

from sqlalchemy import select

from orderhub.domain.notifications.models import SandboxMail
from tests.lives.hub import Hub

SANDALS = "Sandales (+1)"


async def mails_to(hub: Hub, address: str) -> dict[str, SandboxMail]:
    """The mails of the dev mailbox by subject, once everything is sent."""
    await hub.world.worker.drain()
    async with hub.world.parts.database.session() as session:
        found = await session.scalars(
            select(SandboxMail).where(SandboxMail.recipient == address).order_by(SandboxMail.id)
        )
        return {mail.subject.removesuffix(f" – {SANDALS}"): mail for mail in found}


async def test_awa_reads_of_every_step_and_has_the_documents(hub: Hub) -> None:
    order = await hub.ready()
    await hub.chloe.do(order["id"], "arrange", instructions="Du lundi au vendredi, 9 h à 18 h.")
    mails = await mails_to(hub, "awa@example.fr")
    assert set(mails) == {
        "Demande prise en charge",
        "La proforma est prête",
        "Acompte confirmé",
        "Articles achetés",
        "Articles en route",
        "Commande arrivée",
        "Facture finale",
        "Solde confirmé",
        "Remise de votre commande",
    }
    proforma, invoice = mails["La proforma est prête"], mails["Facture finale"]
    for mail, series in ((proforma, "PF"), (invoice, "FA")):
        [file] = mail.attachments
        assert file["name"].startswith(f"{series}-2")
        assert (file["mime_type"], file["size"] > 5_000) == ("application/pdf", True)
        assert mail.reply_to is not None
        assert mail.reply_to.startswith("reply+")
    balance = order["sourcing"]["invoice"]["balance"]["amount"]
    assert f"Solde à payer : {balance // 100},{balance % 100:02}\u00a0€" in invoice.text
    assert "> Du lundi au vendredi, 9 h à 18 h." in mails["Remise de votre commande"].text


async def test_the_staffs_inbox_has_what_awa_did_in_french(hub: Hub) -> None:
    await hub.ready()
    mails = await mails_to(hub, hub.world.parts.settings.house.email)
    assert {"Nouvelle demande de devis", "Proforma acceptée, nouvelle commande", "Preuve de paiement reçue"} <= set(
        mails
    )
    assert all(not mail.attachments for mail in mails.values())


async def test_a_part_and_a_rejected_proof_say_what_is_still_due_and_why(hub: Hub) -> None:
    order = await hub.proven(await hub.ordered())
    deposit = order["sourcing"]["due"]["amount"]
    await hub.confirm(order, "record_part", deposit - 1_000)
    order = await hub.proven(order, 1_000, "VIR 2")
    seen: Any = await hub.farid.ask("GET", f"/orders/{order['id']}")
    sha256 = seen["sourcing"]["proof"]["sha256"]
    await hub.farid.do(order["id"], "reject_proof", proof_sha256=sha256, reason="Le montant est illisible.")
    mails = await mails_to(hub, "awa@example.fr")
    assert "Il reste 10,00\u00a0€ à payer." in mails["Paiement partiel reçu"].text
    assert "> Le montant est illisible." in mails["Preuve de paiement refusée"].text


async def test_a_refund_after_the_invoice_brings_a_credit_note(hub: Hub) -> None:
    order = await hub.ready()
    await hub.awa.do(order["id"], "open_dispute", reason="Le foulard est déchiré.")
    await hub.ada.do(order["id"], "rule_refund", decision="Tout est remboursé.")
    mail = (await mails_to(hub, "awa@example.fr"))["Litige tranché : remboursement"]
    [file] = mail.attachments
    assert file["name"].startswith("AV-2")
    assert "> Tout est remboursé." in mail.text
