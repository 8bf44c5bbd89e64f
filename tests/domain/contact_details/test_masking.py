"""What is masked, what is not, and for how long."""

import pytest

from orderhub.domain.contact_details.masking import (
    MASK,
    ContactKind,
    Span,
    find,
    hidden,
    masked,
    read_spans,
    write_spans,
)

EMAIL, PHONE, PAYMENT, MESSENGER = ContactKind.EMAIL, ContactKind.PHONE, ContactKind.PAYMENT, ContactKind.MESSENGER

FOUND = [
    ("Écrivez à awa.diop@example.fr svp", "awa.diop@example.fr", EMAIL),
    ("awa.diop+logo@mail.example.co.uk!", "awa.diop+logo@mail.example.co.uk", EMAIL),
    ("awa@gmail.com. Bonjour", "awa@gmail.com", EMAIL),
    ("awa @ gmail . com", "awa @ gmail . com", EMAIL),
    ("awa (at) gmail (dot) com", "awa (at) gmail (dot) com", EMAIL),
    ("awa[at]gmail[point]com", "awa[at]gmail[point]com", EMAIL),
    ("awa arobase gmail point com", "awa arobase gmail point com", EMAIL),
    ("mine is awa at gmail dot com", "awa at gmail dot com", EMAIL),
    ("awa\uff20gmail.com", "awa\uff20gmail.com", EMAIL),
    ("aw\u200ba@gm\u200bail.com", "aw\u200ba@gm\u200bail.com", EMAIL),
    ("Appelle le 06 12 34 56 78 ce soir", "06 12 34 56 78", PHONE),
    ("0612345678", "0612345678", PHONE),
    ("06.12.34.56.78", "06.12.34.56.78", PHONE),
    ("06-12-34-56-78", "06-12-34-56-78", PHONE),
    ("06/12/34/56/78", "06/12/34/56/78", PHONE),
    ("0 6 1 2 3 4 5 6 7 8", "0 6 1 2 3 4 5 6 7 8", PHONE),
    ("tel 06_12_34_56_78", "06_12_34_56_78", PHONE),
    ("\uff10\uff16 12 34 56 78", "\uff10\uff16 12 34 56 78", PHONE),
    ("+33 6 12 34 56 78", "+33 6 12 34 56 78", PHONE),
    ("+33 (0)6 12 34 56 78", "+33 (0)6 12 34 56 78", PHONE),
    ("0033612345678", "0033612345678", PHONE),
    ("01 44 55 66 77", "01 44 55 66 77", PHONE),
    ("+225 07 07 12 34 56", "+225 07 07 12 34 56", PHONE),
    ("+237 6 71 23 45 67", "+237 6 71 23 45 67", PHONE),
    ("+221 77 123 45 67", "+221 77 123 45 67", PHONE),
    ("mon numéro 77 123 45 67 à Dakar", "77 123 45 67", PHONE),
    ("+241 06 03 12 34", "+241 06 03 12 34", PHONE),
    ("0470 12 34 56", "0470 12 34 56", PHONE),
    ("+41 78 123 45 67", "+41 78 123 45 67", PHONE),
    ("(514) 555-2368 à Montréal", "(514) 555-2368", PHONE),
    ("+1 514 555 2368", "+1 514 555 2368", PHONE),
    ("+44 20 7946 0958", "+44 20 7946 0958", PHONE),
    ("+262 692 12 34 56", "+262 692 12 34 56", PHONE),
    ("Payez sur https://paypal.me/awadiop merci", "https://paypal.me/awadiop", PAYMENT),
    ("paypal.com/paypalme/awadiop/50", "paypal.com/paypalme/awadiop/50", PAYMENT),
    ("https://lydia-app.com/collect/1234-awa", "https://lydia-app.com/collect/1234-awa", PAYMENT),
    ("revolut.me/awa", "revolut.me/awa", PAYMENT),
    ("https://wise.com/pay/me/awad1", "https://wise.com/pay/me/awad1", PAYMENT),
    ("https://buy.stripe.com/test_123", "https://buy.stripe.com/test_123", PAYMENT),
    ("IBAN FR76 3000 6000 0112 3456 7890 189 svp", "FR76 3000 6000 0112 3456 7890 189", PAYMENT),
    ("FR7630006000011234567890189", "FR7630006000011234567890189", PAYMENT),
    ("be68 5390 0754 7034", "be68 5390 0754 7034", PAYMENT),
    ("mon PayPal : awa@example.fr", "awa@example.fr", PAYMENT),
    ("Orange Money au 07 07 12 34 56", "07 07 12 34 56", PAYMENT),
    ("0x52908400098527886E0F7030069857D2E4169EE7", "0x52908400098527886E0F7030069857D2E4169EE7", PAYMENT),
    ("https://wa.me/33612345678", "https://wa.me/33612345678", MESSENGER),
    ("t.me/awadiop", "t.me/awadiop", MESSENGER),
    ("chat.whatsapp.com/AbCd", "chat.whatsapp.com/AbCd", MESSENGER),
    ("https://discord.gg/xyz", "https://discord.gg/xyz", MESSENGER),
    ("instagram.com/awa.studio", "instagram.com/awa.studio", MESSENGER),
    ("instagram @awa.studio", "instagram @awa.studio", MESSENGER),
    ("mon insta: awa_studio", "insta: awa_studio", MESSENGER),
    ("Telegram : @awadiop", "Telegram : @awadiop", MESSENGER),
    ("@awadiop sur Telegram", "@awadiop sur Telegram", MESSENGER),
    ("discord awa#1234", "discord awa#1234", MESSENGER),
    ("WhatsApp 06 12 34 56 78", "06 12 34 56 78", MESSENGER),
    ("06 12 34 56 78 (WhatsApp)", "06 12 34 56 78", MESSENGER),
    ("écris-moi sur WhatsApp", "WhatsApp", MESSENGER),
    ("let's talk on Signal", "Signal", MESSENGER),
    ("mon telegram", "telegram", MESSENGER),
    (
        "c'est zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        PHONE,
    ),
    ("zero six, douze, 34, cinquante six, 78", "zero six, douze, 34, cinquante six, 78", PHONE),
    (
        "zéro un quatre-vingt-dix-neuf quatre vingt douze soixante et onze septante-deux",
        "zéro un quatre-vingt-dix-neuf quatre vingt douze soixante et onze septante-deux",
        PHONE,
    ),
    ("oh six one two three four five six seven eight", "oh six one two three four five six seven eight", PHONE),
    (
        "zero six double one thirty-four fifty-six seventy-eight",
        "zero six double one thirty-four fifty-six seventy-eight",
        PHONE,
    ),
    ("ze\u0301ro six douze 34 56 78", "ze\u0301ro six douze 34 56 78", PHONE),
    ("0️⃣6️⃣ 12 34 56 78", "0️⃣6️⃣ 12 34 56 78", PHONE),
    ("⓪⑥ ①② 34 56 78", "⓪⑥ ①② 34 56 78", PHONE),
    ("٠٦ ١٢ ٣٤ ٥٦ ٧٨", "٠٦ ١٢ ٣٤ ٥٦ ٧٨", PHONE),
    ("06|12|34|56|78", "06|12|34|56|78", PHONE),
    ("06 ⭐ 12 ⭐ 34 ⭐ 56 ⭐ 78", "06 ⭐ 12 ⭐ 34 ⭐ 56 ⭐ 78", PHONE),
    ("06, 12, 34, 56, 78", "06, 12, 34, 56, 78", PHONE),
    ("O6 12 34 56 78", "O6 12 34 56 78", PHONE),
    ("tel0612345678", "0612345678", PHONE),
    ("mon n° 0612345678", "0612345678", PHONE),
    ("commande au 06 12 34 56 78", "06 12 34 56 78", PHONE),
    ("commande n° 06 12 34 56 78", "06 12 34 56 78", PHONE),
    ("06 12 34 56 78 €", "06 12 34 56 78", PHONE),
    ("06 12:34 56 78", "06 12:34 56 78", PHONE),
    ("1 2 06 12 34 56 78 9", "06 12 34 56 78", PHONE),
    ("awa at gmail point com", "awa at gmail point com", EMAIL),
    ("awa at gmail.com", "awa at gmail.com", EMAIL),
    ("awa chez gmail . com", "awa chez gmail . com", EMAIL),
    ("awa à gmail point com", "awa à gmail point com", EMAIL),
    ("awa at orange.fr", "awa at orange.fr", EMAIL),
    ("awa@gmail", "awa@gmail", EMAIL),
    ("gmail : awa.diop", "gmail : awa.diop", EMAIL),
    ("photo_awa@gmail.com.jpg", "photo_awa@gmail.com", EMAIL),
    ("insta : awadiop", "insta : awadiop", MESSENGER),
    ("Mon snap c'est awadiop", "snap c'est awadiop", MESSENGER),
    ("tiktok = awadiop, merci", "tiktok = awadiop", MESSENGER),
    ("ig: awadiop et voilà", "ig: awadiop", MESSENGER),
    ("wise.com/pay/me/awad1", "wise.com/pay/me/awad1", PAYMENT),
    ("wise point com slash pay slash awad1", "wise point com slash pay slash awad1", PAYMENT),
    ("paypal . me / awadiop", "paypal . me / awadiop", PAYMENT),
    ("FR76-3000-6000-0112-3456-7890-189", "FR76-3000-6000-0112-3456-7890-189", PAYMENT),
]

HARMLESS = [
    "Le logo coûte 125,00 €, ou 12 500 000 FCFA pour la série.",
    "Total : 612 345 678 XOF",
    "1 234 567 890 euros",
    "Livraison le 21/11/2026 à 14h30, au plus tard le 01/02/2027 10:30.",
    "2026-11-21T10:30:00Z",
    "20261121",
    "Commande ord_01k9xq5v7hf2rabcdefghjkmnp, version 3",
    "Commande n° 612345678",
    "ref: 771234567",
    "550e8400-e29b-41d4-a716-446655440000",
    "Le serveur est 192.168.10.12, masque 255.255.255.0",
    "Format 1080 x 1920, 300 dpi, code #06AF23",
    "SIRET 732 829 320 00074",
    "Merci @bruno, c'est parfait !",
    "Rendez-vous at example.com for the brief",
    "Un bot Telegram en Python",
    "Dix visuels pour Instagram : bannière, story et post",
    "Le signal sonore est trop fort",
    "Voici une inspiration : https://www.instagram.com/p/CxYz123/",
    "J'ai payé par PayPal sur la plateforme",
    "A wise choice, and the wave looks great",
    "Le code postal est 75011, 3e étage, digicode 12B45",
    "version 2.10.3.1 du thème",
    "Python 3.11, 3.12 et 3.13",
    "Numéro de suivi 6A12345678901",
    "FR40 2025 n'est pas un compte",
    "commande n° 0612345678",
    "Commande : 0612345678",
    "numéro de commande 0612345678",
    "référence 0123456789",
    "réf. n° 0123456789",
    "facture FA-2026-000123, avoir AV-2026-000007-1",
    "RF18 5390 0754 7034",
    "le 06/12 à 14 h",
    "100.000 FCFA",
    "logo@2x.png, fond CMJN 0/100/100/100",
    "logo@2x.png, icone@3x.ai, fond@1.5x.zip",
    "0/100/100/100",
    "CMJN 0 100 100 100, RVB (230, 0, 126)",
    "Merci @bruno.dupont !",
    "Je suis client chez orange.fr depuis dix ans",
    "un logo, deux affiches, trois flyers, quatre cartes, cinq bannières",
    "deux cent cinquante mille francs",
    "tailles 36 38 40 42 44",
    "01, 02, 03, 04, 05",
    "Instagram : story, post et reel",
    "Instagram : format carré",
    "Facebook : couverture et photo de profil",
    "",
]


@pytest.mark.parametrize(("text", "part", "kind"), FOUND, ids=[text for text, _, _ in FOUND])
def test_contact_details_are_found(text: str, part: str, kind: ContactKind) -> None:
    start = text.index(part)
    assert find(text) == (Span(start, start + len(part), kind),)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_figures_and_words_are_left_alone(text: str) -> None:
    assert find(text) == ()


def test_each_stretch_is_masked_alike() -> None:
    text = "awa@example.fr ou 06 12 34 56 78."
    assert masked(text, find(text)) == f"{MASK} ou {MASK}."


def test_a_paid_order_shows_addresses_and_numbers_but_never_payment_links_and_messengers() -> None:
    text = "awa@example.fr, 06 12 34 56 78, paypal.me/awa, puis t.me/awa"
    spans = find(text)
    assert [span.kind for span in hidden(spans, paid=False)] == [EMAIL, PHONE, PAYMENT, MESSENGER]
    assert masked(text, hidden(spans, paid=True)) == f"awa@example.fr, 06 12 34 56 78, {MASK}, puis {MASK}"


def test_spans_survive_storage() -> None:
    spans = find("awa@example.fr ou t.me/awa")
    assert read_spans(write_spans(spans)) == spans
