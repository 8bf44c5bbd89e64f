"""Which notifications reach a person, and how."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import Input, Output
from orderhub.domain.accounts.preferences import LABELS, TRANSACTIONAL, Channel, Topic
from orderhub.kit.text import Language

Channels = Annotated[list[Channel], Field(max_length=len(Channel), examples=[["in_app", "email"]])]


class PutNotificationPreferences(Input):
    """The channels of each topic. A topic that is left out comes in the member area and by e-mail."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"preferences": {"messages": ["in_app"], "reviews": [], "orders": ["email"]}}]}
    )

    preferences: Annotated[
        dict[Topic, Channels],
        Field(max_length=len(Topic), description="`whatsapp` needs a phone number in your profile."),
    ]

    def wanted(self) -> Mapping[Topic, frozenset[Channel]]:
        """The same as the domain knows it."""
        return {topic: frozenset(channels) for topic, channels in self.preferences.items()}


class PreferenceOut(Output):
    """One topic: how it comes, and which of that can't be switched off."""

    topic: Annotated[Topic, Field(description="What channels are chosen for.")]
    label: Annotated[str, Field(max_length=100)]
    channels: Channels
    always: Annotated[Channels, Field(description="Transactional: always sent.")]


class NotificationPreferencesOut(Output):
    """Every topic."""

    data: Annotated[list[PreferenceOut], Field(max_length=len(Topic))]

    @classmethod
    def of(cls, chosen: Mapping[Topic, frozenset[Channel]], language: Language) -> Self:
        """The public form of somebody's preferences."""
        return cls(
            data=[
                PreferenceOut(
                    topic=topic,
                    label=LABELS[topic].within(language),
                    channels=sorted(channels),
                    always=sorted(TRANSACTIONAL.get(topic, frozenset())),
                )
                for topic, channels in chosen.items()
            ]
        )
