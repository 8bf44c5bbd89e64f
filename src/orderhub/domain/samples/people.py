"""The people of the sample data, and who registers in the examples."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from orderhub.domain.samples.ids import fixed_id

PASSWORD: Final = "mangues-du-marche"  # noqa: S105 - of people who do not exist
"""Everybody's."""


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample data; the handle is also what ``x-sample-caller`` says."""

    id: UUID
    handle: str
    name: str

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.handle}@example.com"


AWA: Final = SamplePerson(fixed_id(1), "awa", "Awa Diallo")
BRUNO: Final = SamplePerson(fixed_id(2), "bruno", "Bruno Keller")
CHLOE: Final = SamplePerson(fixed_id(3), "chloe", "Chloé Marchand")
FELIX: Final = SamplePerson(fixed_id(4), "felix", "Félix Roussel")
INES: Final = SamplePerson(fixed_id(5), "ines", "Inès Benali")
NADIA: Final = SamplePerson(fixed_id(6), "nadia", "Nadia Haddad")
MOUSSA: Final = SamplePerson(fixed_id(7), "moussa", "Moussa Konaté")
LEA: Final = SamplePerson(fixed_id(8), "lea", "Léa Fontaine")
YANNICK: Final = SamplePerson(fixed_id(9), "yannick", "Yannick Morel")
KOFFI: Final = SamplePerson(fixed_id(10), "koffi", "Koffi N’Guessan")
MARGAUX: Final = SamplePerson(fixed_id(11), "margaux", "Margaux Petit")
THEO: Final = SamplePerson(fixed_id(12), "theo", "Théo Girard")
PEOPLE: Final = (AWA, BRUNO, CHLOE, FELIX, INES, NADIA, MOUSSA, LEA, YANNICK, KOFFI, MARGAUX, THEO)

NEWCOMER_EMAIL: Final = "aminata.sow@example.com"
"""Who registers in the examples; the sample data doesn't know her."""
