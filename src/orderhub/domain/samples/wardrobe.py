"""What people of the sample data sell of their own things."""

from typing import Final

from orderhub.domain.samples.ids import fixed_id


class Items:
    """Items on offer, the oldest first."""

    RAINCOAT: Final = fixed_id(221)
    """A draft of Léa's, without a photo."""
    SNEAKERS: Final = fixed_id(222)
    """Yannick's; no offers taken."""
    DENIM_JACKET: Final = fixed_id(223)
    """Léa's; takes offers, has floors that only she knows, and is a favourite of Koffi's and Awa's."""
    DRESS: Final = fixed_id(224, 1)
    """Léa's, haggled over so far in vain; a favourite of Koffi's and Moussa's."""
    BOOTS: Final = fixed_id(224, 2)
    """Bruno's, which Awa bought with an offer."""
    SWEATER: Final = fixed_id(224, 3)
    BACKPACK: Final = fixed_id(224, 4)
    BELT: Final = fixed_id(224, 5)
    SKIRT: Final = fixed_id(224, 6)
    CAP: Final = fixed_id(224, 7)
    SHIRT: Final = fixed_id(224, 8)


class ItemPhotos:
    """Their photos."""

    SNEAKERS: Final = fixed_id(161)
    DENIM_JACKET: Final = fixed_id(162)
    DENIM_JACKET_BACK: Final = fixed_id(163)
    SCARF: Final = fixed_id(164)
    """Léa's, of what she hasn't written a listing for yet."""
    DRESS: Final = fixed_id(165, 1)
    BOOTS: Final = fixed_id(165, 2)
    SWEATER: Final = fixed_id(165, 3)
    BACKPACK: Final = fixed_id(165, 4)
    BELT: Final = fixed_id(165, 5)
    SKIRT: Final = fixed_id(165, 6)
    CAP: Final = fixed_id(165, 7)
    SHIRT: Final = fixed_id(165, 8)
