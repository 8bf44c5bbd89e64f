"""What an option of the command line may be, known without loading what it chooses."""

from enum import StrEnum


class Form(StrEnum):
    """How a transition table is printed."""

    TABLE = "table"
    MERMAID = "mermaid"
    MARKDOWN = "markdown"


class Role(StrEnum):
    """The staff roles, as `domain.accounts.models.StaffRole` has them; a test compares the two."""

    SUPPORT = "support"
    FINANCE = "finance"
    PRODUCTION = "production"
    ADMIN = "admin"
