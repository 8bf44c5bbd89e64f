"""The services of the sample data, written by the catalog's own functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from orderhub.domain.catalog import options, service
from orderhub.domain.catalog.models import ListingState
from orderhub.domain.catalog.service import ListingChanges
from orderhub.domain.samples import BRUNO, LEA, MOUSSA, YANNICK, Files, Listings, Options, SamplePerson
from orderhub.kit.money import Money


@dataclass(frozen=True, slots=True)
class _Option:
    id: UUID
    title: str
    price: int
    days: int


@dataclass(frozen=True, slots=True)
class _Offer:
    """One listing; price in minor units."""

    id: UUID
    seller: SamplePerson
    title: str
    description: str
    category: str
    price: int
    days: int
    currency: str = "EUR"
    revisions: int | None = 1
    questions: Sequence[Mapping[str, Any]] = ()
    options: Sequence[_Option] = ()
    photos: Sequence[UUID] = ()
    accepts_inquiries: bool = True
    state: ListingState = ListingState.ACTIVE


def _question(place: str, label: str, *choices: str, kind: str = "text", required: bool = True) -> Mapping[str, Any]:
    return {"id": place, "label": label, "kind": kind, "required": required, "choices": list(choices)}


_OFFERS: Final = (
    _Offer(
        Listings.PROOFREADING,
        LEA,
        "Relecture et correction de votre mémoire",
        "Orthographe, typographie et style : jusqu’à 60 pages, corrections apparentes.",
        "writing_translation",
        9500,
        7,
        questions=(_question("text", "Votre texte", kind="file", required=False),),
    ),
    _Offer(
        Listings.TRANSLATION,
        LEA,
        "Traduction français–anglais, 1 000 mots",
        "Traductrice diplômée. Sites, fiches produits, courriers ; retouches comprises tant qu’il en faut.",
        "writing_translation",
        8000,
        3,
        revisions=None,
        options=(_Option(Options.TRANSLATION_SWORN, "Attestation signée", 2500, 1),),
        photos=(Files.TRANSLATION_PHOTO,),
    ),
    _Offer(
        Listings.LESSON,
        LEA,
        "Cours particulier de maths, niveau lycée",
        "Une heure en visio, exercices corrigés après la séance.",
        "lessons_coaching",
        2800,
        2,
        revisions=0,
    ),
    _Offer(
        Listings.FURNITURE,
        YANNICK,
        "Montage de meubles à domicile, Lyon et alentours",
        "Deux heures de montage, outillage compris. Cuisine et fixation murale sur devis.",
        "home_moving",
        4500,
        4,
        revisions=0,
        photos=(Files.FURNITURE_PHOTO,),
    ),
    _Offer(
        Listings.MOVING,
        YANNICK,
        "Aide au déménagement : deux personnes, quatre heures",
        "Portage, protection des meubles et rangement, à Lyon et dans le Rhône. Camion en option sur demande.",
        "home_moving",
        18000,
        6,
        revisions=0,
        options=(_Option(Options.MOVING_THIRD_PERSON, "Une troisième personne", 7000, 0),),
        photos=(Files.MOVING_PHOTO,),
    ),
    _Offer(
        Listings.VIDEO,
        MOUSSA,
        "Montage vidéo pour vos réseaux sociaux",
        "Une vidéo verticale d’une minute à partir de vos rushes : montage, musique libre, étalonnage.",
        "video_animation",
        75000,
        4,
        currency="XOF",
        revisions=2,
        options=(_Option(Options.VIDEO_SUBTITLES, "Sous-titres français et anglais", 15000, 1),),
        photos=(Files.VIDEO_PHOTO,),
    ),
    _Offer(
        Listings.RADIO_SPOT,
        MOUSSA,
        "Spot audio de trente secondes, voix et musique",
        "Texte revu avec vous, voix ivoirienne ou neutre, fichiers prêts pour la radio.",
        "music_audio",
        40000,
        3,
        currency="XOF",
        accepts_inquiries=False,
    ),
    _Offer(
        Listings.IDENTITY,
        BRUNO,
        "Charte graphique complète",
        "Logo, couleurs, typographies, papeterie : un livret de vingt pages et tous les fichiers.",
        "graphic_design",
        45000,
        12,
        revisions=3,
    ),
    _Offer(
        Listings.FLYER,
        BRUNO,
        "Affiche ou flyer prêt à imprimer",
        "Un format au choix, A3 à A6, fichier d’impression vérifié.",
        "graphic_design",
        6000,
        3,
        options=(
            _Option(Options.FLYER_BOTH_SIDES, "Recto verso", 2000, 1),
            _Option(Options.FLYER_IN_24_HOURS, "Livraison en 24 h", 2500, -2),
        ),
        photos=(Files.FLYER_PHOTO,),
    ),
    _Offer(
        Listings.LOGO,
        BRUNO,
        "Logo vectoriel en trois pistes",
        "Je dessine trois pistes à partir de votre brief, puis les fichiers sources : SVG, PDF et PNG.",
        "graphic_design",
        12000,
        5,
        revisions=2,
        questions=(
            _question("activity", "Quelle est votre activité ?"),
            _question("style", "Quel style préférez-vous ?", "Sobre", "Coloré", kind="choice", required=False),
            _question("brief", "Votre brief, si vous en avez un", kind="file", required=False),
        ),
        options=(
            _Option(Options.LOGO_IN_48_HOURS, "Livraison en 48 h", 3000, -3),
            _Option(Options.LOGO_BUSINESS_CARDS, "Cartes de visite", 4500, 2),
            _Option(Options.LOGO_ANIMATED, "Version animée", 6000, 3),
        ),
        photos=(Files.LOGO_PHOTO, Files.LOGO_SKETCHES),
    ),
    _Offer(
        Listings.WEBSITE,
        BRUNO,
        "Site vitrine d’une page",
        "Textes et photos fournis par vos soins, mise en ligne comprise, lisible sur téléphone.",
        "web_development",
        39000,
        10,
        photos=(Files.WEBSITE_PHOTO,),
        state=ListingState.PAUSED,
    ),
    _Offer(
        Listings.RETOUCHING,
        BRUNO,
        "Retouche de photos de produits",
        "Dix photos détourées sur fond blanc.",
        "photography",
        5000,
        2,
        state=ListingState.DRAFT,
    ),
    _Offer(
        Listings.ICONS,
        BRUNO,
        "Cinquante pictogrammes assortis",
        "Un jeu de pictogrammes dessiné pour votre application.",
        "graphic_design",
        20000,
        8,
    ),
)


async def write_listings(session: AsyncSession, now: datetime) -> None:
    """Every listing with its options, the oldest first."""
    for place, offer in enumerate(_OFFERS):
        await _write(session, offer, now - timedelta(days=2 * (len(_OFFERS) - place)))


async def _write(session: AsyncSession, offer: _Offer, at: datetime) -> None:
    listing = await service.create_listing(session, seller_id=offer.seller.id, changes=_changes(offer), now=at)
    listing.id = offer.id
    await session.flush()
    for option in offer.options:
        price = Money(option.price, offer.currency)
        new = options.NewOption(title=option.title, price=price, days=option.days)
        (await options.create_option(session, listing, new, at)).id = option.id
        await session.flush()
    if offer.state is ListingState.PAUSED:
        await service.update_listing(session, listing, {"state": ListingState.PAUSED}, at)


def _changes(offer: _Offer) -> ListingChanges:
    changes = ListingChanges(
        title=offer.title,
        description=offer.description,
        category=offer.category,
        price=Money(offer.price, offer.currency),
        days=offer.days,
        revisions=offer.revisions,
        questions=[dict(question) for question in offer.questions],
        photo_ids=list(offer.photos),
        accepts_inquiries=offer.accepts_inquiries,
    )
    if offer.state is not ListingState.DRAFT:
        changes["state"] = ListingState.ACTIVE
    return changes
