"""Examples of the catalog; Bruno and Léa sell, anybody looks."""

from typing import Final
from uuid import UUID

from orderhub.api.examples.sample import Sample, Samples, euros, listing
from orderhub.domain.samples import AWA, BRUNO, LEA, Files, Listings, Options
from orderhub.domain.samples.wardrobe import ItemPhotos, Items
from orderhub.kit.ids import show_id


def _option(value: UUID) -> dict[str, str]:
    return {**listing(Listings.LOGO), "option_id": show_id("opt", value)}


SAMPLES: Final[Samples] = {
    "list_categories": Sample(),
    "list_listings": Sample(query={"q": "déménagement Lyon", "currency": "EUR", "price_max": 20000}),
    "create_listing": {
        "service": Sample(
            BRUNO,
            body={
                "kind": "service",
                "title": "Carte de vœux illustrée",
                "description": "Une illustration originale, recto verso, avec votre texte et votre logo.",
                "category": "graphic_design",
                "price": euros(9000),
                "days": 5,
                "revisions": 2,
                "questions": [
                    {"id": "greeting", "label": "Quel texte pour vos vœux ?", "kind": "text", "required": True},
                    {
                        "id": "style",
                        "label": "Quel style préférez-vous ?",
                        "kind": "choice",
                        "required": False,
                        "choices": ["Sobre", "Coloré"],
                    },
                ],
                "photo_ids": [show_id("fil", Files.LOGO_SKETCHES)],
                "state": "active",
            },
            summary="A service, on offer at once",
        ),
        "item": Sample(
            LEA,
            body={
                "kind": "item",
                "title": "Écharpe en laine",
                "description": "Tricotée main, jamais portée.",
                "category": "bags_accessories",
                "price": euros(1800),
                "condition": "new",
                "colour": "rouge",
                "parcel_size": "small",
                "takes_offers": True,
                "decline_under": euros(1200),
                "photo_ids": [show_id("fil", ItemPhotos.SCARF)],
                "state": "active",
            },
            summary="An item, with a floor under which offers are declined",
        ),
    },
    "list_my_listings": Sample(BRUNO),
    "get_listing": Sample(path=listing(Items.DENIM_JACKET)),
    "update_listing": Sample(BRUNO, path=listing(Listings.IDENTITY), body={"price": euros(42000), "days": 10}),
    "close_listing": Sample(BRUNO, path=listing(Listings.ICONS)),
    "list_my_favourites": Sample(AWA),
    "create_favourite": Sample(AWA, path=listing(Items.SNEAKERS)),
    "list_favourites": Sample(LEA, path=listing(Items.DENIM_JACKET)),
    "delete_favourite": Sample(AWA, path=listing(Items.SNEAKERS)),
    "preview_order": {
        "service": Sample(
            path=listing(Listings.LOGO),
            body={"options": [show_id("opt", Options.LOGO_IN_48_HOURS), show_id("opt", Options.LOGO_BUSINESS_CARDS)]},
            summary="A service with two options",
        ),
        "item": Sample(
            path=listing(Items.DENIM_JACKET), body={"country": "FR"}, summary="An item, with its shipping to France"
        ),
    },
    "list_options": Sample(path=listing(Listings.LOGO)),
    "create_option": Sample(
        BRUNO, path=listing(Listings.LOGO), body={"title": "En-tête de lettre", "price": euros(2500), "days": 1}
    ),
    "update_option": Sample(BRUNO, path=_option(Options.LOGO_BUSINESS_CARDS), body={"price": euros(4000)}),
    "delete_option": Sample(BRUNO, path=_option(Options.LOGO_ANIMATED)),
}
