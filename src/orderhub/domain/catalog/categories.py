"""The categories that services are filed under: a short closed list, in the order shown to people.

Codes never change. Commissions may be set per category, so a code that is no longer wanted stays.
"""

from dataclasses import dataclass

from orderhub.kit.text import Label


@dataclass(frozen=True, slots=True)
class Category:
    """One category by its code."""

    code: str
    label: Label


CATEGORIES = (
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

BY_CODE = {category.code: category for category in CATEGORIES}
