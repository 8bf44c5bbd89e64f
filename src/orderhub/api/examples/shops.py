"""Examples of the directory of partner shops; Chloé keeps it, Léa runs a shop."""

from typing import Final

from orderhub.api.examples.sample import Sample, Samples, shop
from orderhub.domain.samples import CHLOE, KOFFI, LEA, YANNICK, Files, Shops
from orderhub.kit.ids import show_id

_KEY: Final = {**shop(Shops.HABERDASHERY), "key_id": show_id("key", Shops.HABERDASHERY_KEY)}
SAMPLES: Final[Samples] = {
    "list_shop_categories": Sample(),
    "list_shops": Sample(query={"q": "tissus wax", "country": "SN", "category": "fabrics_haberdashery"}),
    "list_my_shops": Sample(LEA),
    "create_shop": Sample(
        CHLOE,
        body={
            "name": "Librairie du Plateau",
            "description": "Romans, manuels et fournitures scolaires à Abidjan.\nCommandes groupées pour les écoles.",
            "country": "CI",
            "currency": "XOF",
            "sites": ["https://librairie-plateau.example", "https://ecoles.librairie-plateau.example/catalogue"],
            "categories": ["books_stationery"],
            "active": True,
        },
    ),
    "get_shop": Sample(path=shop(Shops.HABERDASHERY)),
    "update_shop": Sample(
        LEA,
        path=shop(Shops.HABERDASHERY),
        body={
            "description": "Boutons, rubans, fils et patrons ; coupons de wax le samedi.",
            "sites": ["https://mercerie-faidherbe.example", "https://patrons-faidherbe.example"],
            "logo_file_id": show_id("fil", Files.HABERDASHERY_LOGO),
        },
    ),
    "list_shop_members": Sample(LEA, path=shop(Shops.HABERDASHERY)),
    "create_shop_member": Sample(
        LEA, path=shop(Shops.HABERDASHERY), body={"account_id": show_id("acc", KOFFI.id), "role": "editor"}
    ),
    "list_shop_keys": Sample(LEA, path=shop(Shops.HABERDASHERY)),
    "create_shop_key": Sample(
        LEA,
        path=shop(Shops.HABERDASHERY),
        body={"name": "Serveur de commandes", "scopes": ["orders:read", "orders:write"]},
    ),
    "rotate_shop_key": Sample(LEA, path=_KEY, body={"overlap": "P1D"}),
    "revoke_shop_key": Sample(LEA, path=_KEY),
    "delete_shop_member": Sample(LEA, path={**shop(Shops.HABERDASHERY), "account_id": show_id("acc", YANNICK.id)}),
}
