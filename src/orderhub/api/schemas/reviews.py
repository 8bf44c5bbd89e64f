"""Reviews and replies."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field

from orderhub.api.schemas.base import AccountId, Input, Instant, ListingId, OrderId, Output, ReviewId, Text
from orderhub.api.schemas.people import PersonOut
from orderhub.domain.contact_details.disclosure import to_public
from orderhub.domain.files.photos import PhotoLinks
from orderhub.domain.reviews.models import ReviewerRole
from orderhub.domain.reviews.queries import SignedReview
from orderhub.domain.reviews.service import Opinion

Rating = Annotated[int, Field(ge=1, le=5, description="From 1, the worst, to 5.")]


class ReviewIn(Input):
    """What you think of the other party."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"rating": 5, "text": "Un logo superbe, livré en avance. Merci Bruno !"}]}
    )

    rating: Rating
    text: Annotated[str, Text(2000, lines=True, examples=["Un logo superbe, livré en avance. Merci Bruno !"])]

    def opinion(self) -> Opinion:
        """The same as the domain knows it."""
        return Opinion(self.rating, self.text)


class ReplyIn(Input):
    """The one answer to a review of yourself."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Merci Awa, au plaisir de recommencer !"}]})

    text: Annotated[str, Text(2000, lines=True, examples=["Merci Awa, au plaisir de recommencer !"])]


class ReviewOut(Output):
    """A review, with the reply of the one who is reviewed."""

    id: ReviewId
    order_id: OrderId
    listing_id: ListingId | None
    author: PersonOut
    author_role: ReviewerRole
    subject_id: Annotated[AccountId, Field(description="Who is reviewed.")]
    rating: Rating
    text: Annotated[str, Field(max_length=2000)]
    created_at: Instant
    reply: Annotated[str, Field(max_length=2000)] | None
    replied_at: Instant | None

    @classmethod
    def of(cls, signed: SignedReview, photos: PhotoLinks) -> Self:
        """The public form of a review."""
        review, author, words = signed.review, signed.author, to_public(signed.countries)
        return cls(
            id=review.id,
            order_id=review.order_id,
            listing_id=review.listing_id,
            author=PersonOut.of(author, photos),
            author_role=ReviewerRole(review.author_role),
            subject_id=review.subject_id,
            rating=review.rating,
            text=words.text(review.text),
            created_at=review.created_at,
            reply=review.reply and words.text(review.reply),
            replied_at=review.replied_at,
        )


class OrderReviewsOut(Output):
    """What the parties of an order wrote: two reviews at most."""

    data: Annotated[list[ReviewOut], Field(max_length=2)]
