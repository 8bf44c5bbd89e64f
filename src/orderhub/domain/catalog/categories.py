"""The categories that listings are filed under: short closed lists, one for each kind, in the order shown to people.

Codes never change. Commissions may be set per category, so a code that is no longer wanted stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from orderhub.domain.catalog.models import ListingKind
from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Category:
    """One category by its code."""

    code: str
    label: Label


_SERVICES: Final = (
    Category("graphic_design", Label("Graphisme et design", "Graphics and design")),
    Category("writing_translation", Label("Rédaction et traduction", "Writing and translation")),
    Category("digital_marketing", Label("Marketing digital", "Digital marketing")),
    Category("web_development", Label("Sites web et développement", "Websites and development")),
    Category("video_animation", Label("Vidéo et animation", "Video and animation")),
    Category("music_audio", Label("Musique et audio", "Music and audio")),
    Category("photography", Label("Photographie", "Photography")),
    Category("data_ai", Label("Données et intelligence artificielle", "Data and artificial intelligence")),
    Category("business_legal", Label("Conseil et démarches", "Business and paperwork")),
    Category("lessons_coaching", Label("Cours et coaching", "Lessons and coaching")),
    Category("home_moving", Label("Bricolage et déménagement", "Handiwork and moving")),
    Category("events", Label("Événementiel", "Events")),
)
_ITEMS: Final = (
    Category("womens_clothing", Label("Vêtements femme", "Women’s clothing")),
    Category("mens_clothing", Label("Vêtements homme", "Men’s clothing")),
    Category("childrens_clothing", Label("Vêtements enfant", "Children’s clothing")),
    Category("shoes", Label("Chaussures", "Shoes")),
    Category("bags_accessories", Label("Sacs et accessoires", "Bags and accessories")),
    Category("jewellery_watches", Label("Bijoux et montres", "Jewellery and watches")),
    Category("baby", Label("Puériculture", "Baby care")),
    Category("games_toys", Label("Jeux et jouets", "Games and toys")),
    Category("books_media", Label("Livres, films et musique", "Books, films and music")),
    Category("electronics", Label("Électronique", "Electronics")),
    Category("home", Label("Maison", "Home")),
    Category("sports_leisure", Label("Sports et loisirs", "Sports and leisure")),
    Category("collectibles", Label("Objets de collection", "Collectibles")),
)

OF_KIND: Final[Mapping[ListingKind, Mapping[str, Category]]] = {
    ListingKind.SERVICE: {category.code: category for category in _SERVICES},
    ListingKind.ITEM: {category.code: category for category in _ITEMS},
}
"""The categories of each kind of listing, by their codes; no code is of two kinds."""
CATEGORIES: Final = (*_SERVICES, *_ITEMS)
BY_CODE: Final = {category.code: category for category in CATEGORIES}
