"""Which notifications reach the caller, and how."""

from orderhub.api.dependencies import AskedLanguage, DatabaseSession, SignedIn
from orderhub.api.problems import problems
from orderhub.api.routing import Router
from orderhub.api.schemas.notification_preferences import NotificationPreferencesOut, PutNotificationPreferences
from orderhub.domain.accounts import preferences

router = Router(prefix="/me/notification-preferences")


@router.get("", summary="Show notification preferences", responses=problems(401))
async def get_notification_preferences(
    session: DatabaseSession, caller: SignedIn, language: AskedLanguage
) -> NotificationPreferencesOut:
    """The channels of every topic, and those that are always used."""
    chosen = await preferences.list_preferences(session, caller.account_id)
    return NotificationPreferencesOut.of(chosen, language)


@router.put("", summary="Choose notification preferences", responses=problems(401, 422))
async def update_notification_preferences(
    session: DatabaseSession, caller: SignedIn, language: AskedLanguage, body: PutNotificationPreferences
) -> NotificationPreferencesOut:
    """Replace the preferences.

    A 422 says which transactional mails can't be switched off, or that WhatsApp needs a phone number.
    """
    chosen = await preferences.replace_preferences(session, caller.account_id, body.wanted())
    return NotificationPreferencesOut.of(chosen, language)
