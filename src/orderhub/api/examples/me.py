"""Examples of one's own account; the one that erases it is Margaux's."""

from typing import Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, Samples
from orderhub.api.schemas.traders import EXAMPLE as TRADER
from orderhub.domain.samples import AWA, BRUNO, MARGAUX, Addresses, Files, Notifications
from orderhub.kit.ids import show_id


def _address(value: UUID) -> dict[str, str]:
    return {"address_id": show_id("adr", value)}


SAMPLES: Final[Samples] = {
    "get_me": Sample(AWA),
    "update_me": {
        "profile": Sample(
            AWA,
            body={
                "display_name": "Awa D.",
                "language": "fr",
                "time_zone": "Europe/Paris",
                "phone": "01 99 00 12 35",
            },
            summary="Name, language and telephone",
        ),
        "photo": Sample(
            AWA, body={"photo_id": show_id("fil", Files.PORTRAIT_OF_AWA)}, summary="A photo that was uploaded"
        ),
    },
    "delete_me": Sample(MARGAUX),
    "export_me": Sample(AWA),
    "list_addresses": Sample(AWA),
    "create_address": {
        "paris": Sample(
            AWA,
            body={
                "name": "Awa Diallo",
                "line1": "12 rue Oberkampf",
                "line2": "Bâtiment B",
                "postcode": "75011",
                "city": "Paris",
                "country": "FR",
                "phone": "01 99 00 12 34",
            },
            summary="Paris",
        ),
        "abidjan": Sample(
            AWA,
            body={
                "name": "Koffi N’Guessan",
                "line1": "Cocody, rue des Jardins, face à la pharmacie",
                "city": "Abidjan",
                "country": "CI",
                "phone": "07 07 12 34 56",
            },
            summary="Abidjan, where there are no postcodes",
        ),
    },
    "update_address": Sample(AWA, path=_address(Addresses.WORK), body={"line2": "Escalier C", "is_default": True}),
    "delete_address": Sample(AWA, path=_address(Addresses.OLD_HOME)),
    "update_my_trader": Sample(BRUNO, body=TRADER),
    "get_my_trader": Sample(BRUNO),
    "get_notification_preferences": Sample(AWA),
    "update_notification_preferences": Sample(
        AWA, body={"preferences": {"messages": ["in_app"], "reviews": [], "orders": ["email"]}}
    ),
    "list_notifications": Sample(AWA, query={"unread": "true"}),
    "mark_notification_read": Sample(AWA, path={"notification_id": show_id("ntf", Notifications.OF_AWA)}),
    "mark_all_notifications_read": Sample(BRUNO),
}
