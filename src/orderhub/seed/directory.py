"""The partner shops of the sample data, taken in by Chloé through the directory's own functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.accounts.models import StaffRole
from orderhub.domain.files.visibility import Viewer
from orderhub.domain.samples import CHLOE, LEA, MOUSSA, YANNICK, Files, SamplePerson, Shops
from orderhub.domain.shops.keys import WantedKey, issue
from orderhub.domain.shops.members import Membership, set_member
from orderhub.domain.shops.models import KeyScope, ShopRole
from orderhub.domain.shops.service import ShopChanges, create_shop, update_shop

_KEEPER: Final = Viewer(CHLOE.id, frozenset({StaffRole.SUPPORT.value}))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One shop, with the hosts of its sites."""

    id: UUID
    name: str
    description: str
    country: str
    currency: str
    hosts: Sequence[str]
    categories: Sequence[str]
    active: bool = True
    owner: SamplePerson | None = None
    editor: SamplePerson | None = None
    logo: UUID | None = None
    """Uploaded by the owner."""
    key: UUID | None = None


_ENTRIES: Final = (
    _Entry(
        Shops.HARDWARE,
        "Quincaillerie des Brotteaux",
        "Outillage à main et électroportatif, visserie, serrurerie. Expédie dans toute l’Europe.",
        "FR",
        "EUR",
        ("quincaillerie-brotteaux.example",),
        ("tools_building",),
    ),
    _Entry(
        Shops.FABRICS,
        "La Maison du Bazin",
        "Bazin riche, wax et getzner au mètre, teintures de Bamako : tous les tissus des cérémonies.",
        "SN",
        "XOF",
        ("maison-du-bazin.example",),
        ("fabrics_haberdashery", "fashion"),
    ),
    _Entry(
        Shops.PHONES,
        "Comptoir du Wouri",
        "Téléphones, batteries et panneaux solaires. Garantie d’un an à Douala et Yaoundé.",
        "CM",
        "XAF",
        ("comptoir-wouri.example", "solaire-wouri.example"),
        ("electronics", "appliances"),
    ),
    _Entry(
        Shops.WATCHES,
        "L’Établi horloger",
        "Montres révisées, bracelets et outils d’horloger, depuis Genève.",
        "CH",
        "CHF",
        ("etabli-horloger.example",),
        ("jewellery_watches",),
    ),
    _Entry(
        Shops.CRAFTS,
        "Souk El Yasmine",
        "Tapis de Kairouan, poteries de Sejnane, fouta et cuivre martelé.",
        "TN",
        "TND",
        ("souk-yasmine.example",),
        ("crafts", "home_decoration"),
    ),
    _Entry(
        Shops.BEAUTY,
        "Beauté lagunaire",
        "Beurre de karité, savon noir et soins capillaires. Livraison à Abidjan le jour même.",
        "CI",
        "XOF",
        ("beaute-lagunaire.example",),
        ("beauty_health",),
        owner=MOUSSA,
    ),
    _Entry(
        Shops.CAR_PARTS,
        "Pièces de l’Estuaire",
        "Pièces neuves et d’occasion pour pick-up et berlines, sur référence constructeur.",
        "GA",
        "XAF",
        ("pieces-estuaire.example",),
        ("auto_parts",),
    ),
    _Entry(
        Shops.GROCERIES,
        "Le Grenier de Bamako",
        "Fonio, gombo séché, hibiscus. Fermé jusqu’à la prochaine récolte.",
        "ML",
        "XOF",
        ("grenier-bamako.example",),
        ("groceries",),
        active=False,
    ),
    _Entry(
        Shops.HABERDASHERY,
        "Mercerie Faidherbe",
        "Boutons, rubans, fils et patrons de couture, à Paris.",
        "FR",
        "EUR",
        ("mercerie-faidherbe.example",),
        ("fabrics_haberdashery", "crafts"),
        owner=LEA,
        editor=YANNICK,
        key=Shops.HABERDASHERY_KEY,
        logo=Files.HABERDASHERY_LOGO,
    ),
)


async def write_shops(session: AsyncSession, now: datetime) -> None:
    """Every shop with its members and logo, the first taken in first."""
    for place, entry in enumerate(_ENTRIES):
        await _write(session, entry, now - timedelta(days=len(_ENTRIES) - place))


async def _write(session: AsyncSession, entry: _Entry, at: datetime) -> None:
    shop = await create_shop(session, actor=_KEEPER, changes=_changes(entry), now=at, shop_id=entry.id)
    for person, role in ((entry.owner, ShopRole.OWNER), (entry.editor, ShopRole.EDITOR)):
        if person is not None:
            await set_member(session, shop, Membership(person.id, role), actor=_KEEPER, now=at)
    if entry.logo is not None and entry.owner is not None:
        actor = Viewer(entry.owner.id)
        await update_shop(session, shop, actor=actor, changes=ShopChanges(logo_file_id=entry.logo), now=at)
    if entry.key is not None:
        wanted = WantedKey("Caisse de la boutique", [KeyScope.ORDERS_READ, KeyScope.EVENTS_READ], entry.key)
        await issue(session, shop, wanted, actor=_KEEPER)
    await session.flush()


def _changes(entry: _Entry) -> ShopChanges:
    return ShopChanges(
        name=entry.name,
        description=entry.description,
        country=entry.country,
        currency=entry.currency,
        sites=[f"https://{host}" for host in entry.hosts],
        categories=list(entry.categories),
        active=entry.active,
    )
