"""What shops sell: a short closed list, in the order shown to people. Codes never change."""

from typing import Final

from orderhub.domain.catalog.categories import Category
from orderhub.kit.text import Label

CATEGORIES: Final = (
    Category("fashion", Label("Mode et vêtements", "Fashion and clothing")),
    Category("shoes_bags", Label("Chaussures et sacs", "Shoes and bags")),
    Category("jewellery_watches", Label("Bijoux et montres", "Jewellery and watches")),
    Category("fabrics_haberdashery", Label("Tissus et mercerie", "Fabrics and haberdashery")),
    Category("beauty_health", Label("Beauté et santé", "Beauty and health")),
    Category("baby_children", Label("Bébé et enfants", "Baby and children")),
    Category("home_decoration", Label("Maison et décoration", "Home and decoration")),
    Category("furniture", Label("Meubles", "Furniture")),
    Category("appliances", Label("Électroménager", "Household appliances")),
    Category("electronics", Label("Téléphones et électronique", "Phones and electronics")),
    Category("computing", Label("Informatique", "Computing")),
    Category("tools_building", Label("Outillage et bâtiment", "Tools and building")),
    Category("auto_parts", Label("Pièces automobiles", "Car parts")),
    Category("sports_leisure", Label("Sports et loisirs", "Sports and leisure")),
    Category("books_stationery", Label("Livres et papeterie", "Books and stationery")),
    Category("groceries", Label("Épicerie", "Groceries")),
    Category("crafts", Label("Artisanat", "Crafts")),
)

BY_CODE: Final = {category.code: category for category in CATEGORIES}
