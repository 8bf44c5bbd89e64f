"""What people of the sample data say of themselves as professional sellers."""

from typing import Final

from orderhub.domain.samples.ids import fixed_id


class Traders:
    """Submissions, by what staff make of them."""

    VERIFIED: Final = fixed_id(131)
    """Moussa's: in force."""
    TO_VERIFY: Final = fixed_id(132)
    """Yannick's."""
    TO_REFUSE: Final = fixed_id(133)
    """Léa's."""
