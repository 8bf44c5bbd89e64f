"""Bodies of actions as the engine takes them: values, not their texts."""

from orderhub.api.schemas.orders.service.actions import DeliverOrder
from orderhub.domain.samples import Files
from orderhub.kit.ids import show_id


def test_delivered_files_are_ids() -> None:
    body = DeliverOrder.model_validate({"action": "deliver", "files": [show_id("fil", Files.DRAFT_FLYER)]})
    assert body.command() == {"message": None, "files": [Files.DRAFT_FLYER]}
