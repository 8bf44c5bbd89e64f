"""What people of the sample data ask in public, and under what."""

from typing import Final

from orderhub.domain.samples.ids import fixed_id


class Questions:
    """Under Yannick's bicycle, the oldest first."""

    BICYCLE: Final = fixed_id(241)
    """The item itself."""
    SIZE: Final = fixed_id(261)
    """Léa's, which Yannick answers."""
    ANSWER: Final = fixed_id(262)
    FLAGGED: Final = fixed_id(263)
    """Koffi's, with a telephone number."""
    TO_DELETE: Final = fixed_id(264)
    """Awa's."""
