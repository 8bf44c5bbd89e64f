"""Who may call which operation on which object of the town: one line each, read as a timetable.

``ok`` is let in: done, or refused by the state of things (409). ``401`` has to sign in, ``403`` sees it but may
not do this, ``404`` may not even know that it exists: answered exactly as for an id that nothing has.
``operation:variant`` is the same operation with another body. Lines are played from top to bottom,
those that take something away last.
"""

from dataclasses import dataclass
from typing import Final

ROLES: Final = (
    "anonymous",
    "buyer",
    "seller",
    "stranger",
    "support",
    "finance",
    "production",
    "admin",
    "suspended",
    "signed_out",
)
"""Awa, Bruno, Fatou, the four of the staff; a person suspended and one signed out hold old tokens."""

TABLE: Final = """
operation                       about                 anon  awa   bruno fatou supp. fin.  prod. admin susp. s.out

get_liveness                    -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_readiness                   -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_metrics                     -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_countries                  -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_terms                       -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_processes                  -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_process                     process               ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
receive_payment_notification    provider              401   401   401   401   401   401   401   401   401   401
receive_mail                    -                     401   401   401   401   401   401   401   401   401   401
receive_tracking                carrier               401   401   401   401   401   401   401   401   401   401
get_clock                       -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_sandbox_mails              -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok

register_account                -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
confirm_account                 -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
resend_confirmation             -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
request_password_reset          -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
confirm_password_reset          -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
create_token                    -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
refresh_token                   -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_accounts                   -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_account                     account               ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_account_reviews            account               ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_me                          -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
update_me                       -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
export_me                       -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
list_addresses                  -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_address                  -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
update_address                  address               401   ok    404   404   404   404   404   404   401   401
list_sessions                   -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_notification_preferences    -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
update_notification_preferences -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
list_notifications              -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
mark_notification_read          notification          401   ok    404   404   404   404   404   404   401   401
mark_all_notifications_read     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
update_my_trader                -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_my_trader                   -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_my_balance                  -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
list_my_ledger                  -                     401   ok    ok    ok    ok    ok    ok    ok    401   401

list_categories                 -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_listings                   -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_my_listings                -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_listing                  -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_listing                     listing               ok    ok    ok    ok    ok    ok    ok    ok    401   401
get_listing                     draft                 404   404   ok    404   404   404   404   404   401   401
update_listing                  listing               401   403   ok    403   403   403   403   403   401   401
update_listing                  draft                 401   404   ok    404   404   404   404   404   401   401
list_options                    listing               ok    ok    ok    ok    ok    ok    ok    ok    401   401
list_options                    draft                 404   404   ok    404   404   404   404   404   401   401
create_option                   listing               401   403   ok    403   403   403   403   403   401   401
create_option                   draft                 401   404   ok    404   404   404   404   404   401   401
update_option                   option                401   403   ok    403   403   403   403   403   401   401
update_option                   draft_option          401   404   ok    404   404   404   404   404   401   401
list_my_favourites              -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_favourite                listing               401   ok    403   ok    ok    ok    ok    ok    401   401
create_favourite                draft                 401   404   403   404   404   404   404   404   401   401
list_favourites                 listing               401   403   ok    403   403   403   403   403   401   401
list_favourites                 draft                 401   404   ok    404   404   404   404   404   401   401
delete_favourite                listing               401   ok    ok    ok    ok    ok    ok    ok    401   401
delete_favourite                draft                 401   404   ok    404   404   404   404   404   401   401
preview_order                   listing               ok    ok    ok    ok    ok    ok    ok    ok    401   401
preview_order                   draft                 404   404   ok    404   404   404   404   404   401   401
preview_order:to_france         item                  ok    ok    ok    ok    ok    ok    ok    ok    401   401
preview_order:to_france         hidden_item           404   404   ok    404   404   404   404   404   401   401
list_reviews                    listing               ok    ok    ok    ok    ok    ok    ok    ok    401   401
list_reviews                    draft                 404   404   ok    404   404   404   404   404   401   401
list_comments                   item                  ok    ok    ok    ok    ok    ok    ok    ok    401   401
list_comments                   hidden_item           404   404   ok    404   404   404   404   404   401   401
create_comment                  item                  401   ok    ok    ok    ok    ok    ok    ok    401   401
create_comment                  hidden_item           401   404   ok    404   404   404   404   404   401   401
create_comment                  listing               401   403   403   403   403   403   403   403   401   401

list_shop_categories            -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
list_shops                      -                     ok    ok    ok    ok    ok    ok    ok    ok    401   401
list_shops:hidden               -                     401   403   403   403   ok    403   403   ok    401   401
list_my_shops                   -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_shop                     -                     401   403   403   403   ok    403   403   ok    401   401
get_shop                        shop                  ok    ok    ok    ok    ok    ok    ok    ok    401   401
get_shop                        hidden_shop           404   ok    404   404   ok    404   404   ok    401   401
update_shop                     shop                  401   ok    403   403   ok    403   403   ok    401   401
update_shop                     hidden_shop           401   ok    404   404   ok    404   404   ok    401   401
list_shop_members               shop                  401   ok    403   403   ok    403   403   ok    401   401
list_shop_members               hidden_shop           401   ok    404   404   ok    404   404   ok    401   401
create_shop_member              shop                  401   ok    403   403   ok    403   403   ok    401   401
create_shop_member              hidden_shop           401   ok    404   404   ok    404   404   ok    401   401
list_shop_keys                  shop                  401   ok    403   403   ok    403   403   ok    401   401
list_shop_keys                  hidden_shop           401   ok    404   404   ok    404   404   ok    401   401
create_shop_key                 shop                  401   ok    403   403   ok    403   403   ok    401   401
create_shop_key                 hidden_shop           401   ok    404   404   ok    404   404   ok    401   401
rotate_shop_key                 shop_key              401   ok    403   403   ok    403   403   ok    401   401

list_carts                      -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_cart                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_cart                        cart                  401   ok    404   404   404   404   404   404   401   401
create_cart_line                cart                  401   ok    404   404   404   404   404   404   401   401
update_cart_line                cart_line             401   ok    404   404   404   404   404   404   401   401
validate_cart                   cart                  401   ok    404   404   404   404   404   404   401   401

list_quotes                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
list_quotes:everybody           -                     401   403   403   403   ok    ok    ok    ok    401   401
get_quote                       quote                 401   ok    404   404   ok    ok    ok    ok    401   401
list_quote_versions             quote                 401   ok    404   404   ok    ok    ok    ok    401   401
list_quote_transitions          quote                 401   ok    404   404   ok    ok    ok    ok    401   401
save_quote_draft                quote_draft           401   403   403   403   ok    403   403   403   401   401
act_on_quote:of_the_buyer       quote                 401   ok    404   404   403   403   403   403   401   401
act_on_quote:of_support         quote                 401   403   404   404   ok    403   403   403   401   401

list_offers                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
list_offers:everybody           -                     401   403   403   403   ok    ok    ok    ok    401   401
create_offer                      item                  401   ok    403   ok    ok    ok    ok    ok    401   401
create_offer:to_all               item                  401   403   ok    403   403   403   403   403   401   401
create_custom_offer             conversation          401   403   ok    404   404   404   404   404   401   401
get_offer                       offer                 401   ok    ok    404   ok    ok    ok    ok    401   401
list_offer_transitions          offer                 401   ok    ok    404   ok    ok    ok    ok    401   401
act_on_offer:of_the_seller      offer                 401   403   ok    404   403   403   403   403   401   401
act_on_offer:of_the_buyer       offer                 401   ok    403   404   403   403   403   403   401   401

list_orders                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
list_orders:everybody           -                     401   403   403   403   ok    ok    ok    ok    401   401
get_order_counts                -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
place_order                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_order                       order                 401   ok    ok    404   ok    ok    ok    ok    401   401
get_order_forecast              order                 401   ok    ok    404   ok    ok    ok    ok    401   401
list_order_transitions          order                 401   ok    ok    404   ok    ok    ok    ok    401   401
get_order_escrow                order                 401   ok    ok    404   ok    ok    ok    ok    401   401
list_order_documents            order                 401   ok    404   404   ok    ok    ok    ok    401   401
get_order_document              invoice               401   ok    404   404   ok    ok    ok    ok    401   401
get_quote_version_document      proforma              401   ok    404   404   ok    ok    ok    ok    401   401
get_quote_draft_document        quote_draft           401   403   403   403   ok    403   403   403   401   401
list_order_payments             order                 401   ok    ok    404   ok    ok    ok    ok    401   401
create_payment                  unpaid_order          401   ok    403   404   403   403   403   403   401   401
get_payment                     payment               401   ok    404   404   ok    ok    ok    ok    401   401
list_proofs                     manual_payment        401   ok    404   404   ok    ok    ok    ok    401   401
submit_proof                    manual_payment        401   ok    404   404   403   403   403   403   401   401
act_on_payment                  manual_payment        401   403   403   403   403   ok    403   403   401   401
get_refund                      refund                401   ok    ok    404   ok    ok    ok    ok    401   401
act_on_refund                   refund                401   403   403   404   403   ok    403   403   401   401
list_order_reviews              completed_order       401   ok    ok    404   404   404   404   404   401   401
create_review                   completed_order       401   ok    ok    404   404   404   404   404   401   401
reply_to_review                 review                401   403   ok    403   403   403   403   403   401   401
reply_to_review                 private_review        401   ok    403   404   404   404   404   404   401   401
act_on_order:of_the_buyer       order                 401   ok    403   404   403   403   403   403   401   401
act_on_order:of_the_seller      order                 401   403   ok    404   403   403   403   403   401   401
act_on_order:of_either          order                 401   ok    ok    404   403   403   403   403   401   401
act_on_order:of_the_customer    purchase              401   ok    404   404   403   403   403   403   401   401
act_on_order:of_sourcing        purchase              401   403   404   404   ok    403   403   403   401   401
act_on_order:of_finance         unpaid_purchase       401   403   404   404   403   ok    403   403   401   401
act_on_order:of_admin           purchase              401   403   404   404   403   403   403   ok    401   401

list_conversations              -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_conversation             -                     401   ok    403   ok    ok    ok    ok    ok    401   401
get_conversation                conversation          401   ok    ok    404   404   404   404   404   401   401
get_conversation                reported_conversation 401   ok    ok    404   ok    404   404   404   401   401
list_messages                   conversation          401   ok    ok    404   404   404   404   404   401   401
list_messages                   reported_conversation 401   ok    ok    404   ok    404   404   404   401   401
send_message                    conversation          401   ok    ok    404   404   404   404   404   401   401
send_message                    reported_conversation 401   ok    ok    404   ok    404   404   404   401   401
mark_conversation_read          conversation          401   ok    ok    404   404   404   404   404   401   401
upload_file                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
get_file                        photo                 ok    ok    ok    ok    ok    ok    ok    ok    401   401
get_file                        file                  404   ok    404   404   404   404   404   404   401   401
get_file                        attached_file         404   ok    ok    404   404   404   404   404   401   401
download_file                   picture               ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
download_file:forged            file                  403   403   403   403   403   403   403   403   403   403
download_original               picture               ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
download_thumbnail              picture               ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
download_thumbnail:forged       file                  403   403   403   403   403   403   403   403   403   403
get_photo                       shown_photo           ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_photo                       private_photo         404   404   404   404   404   404   404   404   404   404
get_photo_thumbnail             shown_photo           ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
get_photo_thumbnail             private_photo         404   404   404   404   404   404   404   404   404   404
download_original:forged        file                  403   403   403   403   403   403   403   403   403   403
list_events                     -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
create_stream_ticket            -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
stream_events                   -                     401   ok    ok    ok    ok    ok    ok    ok    401   401

get_staff_queue                 -                     401   403   403   403   ok    ok    ok    ok    401   401
list_staff_cases                -                     401   403   403   403   ok    403   403   403   401   401
get_staff_case                  case                  401   403   403   403   ok    403   403   403   401   401
list_staff_flags                -                     401   403   403   403   ok    403   403   403   401   401
list_staff_payments             -                     401   403   403   403   403   ok    403   403   401   401
list_staff_refunds              -                     401   403   403   403   403   ok    403   403   401   401
list_staff_accounts             -                     401   403   403   403   ok    ok    403   ok    401   401
list_staff_traders              -                     401   403   403   403   ok    403   403   403   401   401
get_staff_trader                trader                401   403   403   403   ok    403   403   403   401   401
act_on_trader                   trader                401   403   403   403   ok    403   403   403   401   401
list_staff_audit                -                     401   403   403   403   403   403   403   ok    401   401
check_ledger                    -                     401   403   403   403   403   ok    403   ok    401   401
get_staff_settings              -                     401   403   403   403   403   403   403   ok    401   401
update_staff_settings           -                     401   403   403   403   403   403   403   ok    401   401
get_staff_commissions           -                     401   403   403   403   403   ok    403   403   401   401
update_staff_commissions        -                     401   403   403   403   403   ok    403   403   401   401
get_staff_shipping              -                     401   403   403   403   403   ok    403   403   401   401
update_staff_shipping           -                     401   403   403   403   403   ok    403   403   401   401
get_staff_protection            -                     401   403   403   403   403   ok    403   403   401   401
update_staff_protection         -                     401   403   403   403   403   ok    403   403   401   401
get_staff_holidays              -                     401   403   403   403   403   403   403   ok    401   401
update_staff_holidays           -                     401   403   403   403   403   403   403   ok    401   401
get_staff_terms                 -                     401   403   403   403   403   403   403   ok    401   401
update_staff_terms              -                     401   403   403   403   403   403   403   ok    401   401

suspend_account                 victim                401   403   403   403   ok    403   403   ok    401   401
reinstate_account               victim                401   403   403   403   ok    403   403   ok    401   401
update_account_roles            victim                401   403   403   403   403   403   403   ok    401   401
act_on_order:of_support         order                 401   403   403   404   ok    403   403   403   401   401
close_staff_case                case                  401   403   403   403   ok    403   403   403   401   401
revoke_shop_key                 shop_key              401   ok    403   403   ok    403   403   ok    401   401
delete_shop_member              shop_member           401   ok    403   403   ok    403   403   ok    401   401
delete_cart_line                spare_line            401   ok    404   404   404   404   404   404   401   401
request_quote                   full_cart             401   ok    404   404   404   404   404   404   401   401
delete_cart                     spare_cart            401   ok    404   404   404   404   404   404   401   401
delete_option                   spare_option          401   403   ok    403   403   403   403   403   401   401
delete_comment                  comment               401   ok    ok    403   ok    403   403   403   401   401
delete_comment                  hidden_comment        401   ok    ok    404   ok    404   404   404   401   401
close_listing                   spare_listing         401   403   ok    403   403   403   403   403   401   401
delete_address                  spare_address         401   ok    404   404   404   404   404   404   401   401
delete_session                  session               401   ok    404   404   404   404   404   404   401   401
advance_clock                   -                     ok    ok    ok    ok    ok    ok    ok    ok    ok    ok
sign_out                        -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
delete_me                       -                     401   ok    ok    ok    ok    ok    ok    ok    401   401
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table."""

    name: str
    about: str
    answers: dict[str, str]
    """By role."""

    @property
    def operation(self) -> str:
        """The operationId."""
        return self.name.partition(":")[0]

    def __str__(self) -> str:
        return f"{self.name}-{self.about}"

    def roles(self, answer: str) -> list[str]:
        """Everybody who is answered like this."""
        return [role for role, given in self.answers.items() if given == answer]


def _read(line: str) -> Rule:
    name, about, *answers = line.split()
    return Rule(name, about.strip("-"), dict(zip(ROLES, answers, strict=True)))


RULES: Final = tuple(_read(line) for line in TABLE.split("\n")[2:] if line)
