"""How updates reach the bot: `getUpdates` with its queue, or a webhook, never both."""

import asyncio
import re
from collections.abc import Mapping

from telegram.constants import PollingLimit, UpdateType, WebhookLimit

from bot.local.messages import Method
from bot.local.wire import ApiError, JsonObject, Parameters, mistake

_SECRET = re.compile(
    rf"[A-Za-z0-9_-]{{{WebhookLimit.MIN_SECRET_TOKEN_LENGTH},{WebhookLimit.MAX_SECRET_TOKEN_LENGTH}}}"
)


class DeliveryMethods:
    """The queue of waiting updates and the webhook's settings."""

    def __init__(self) -> None:
        self.pending: list[JsonObject] = []
        """Updates not yet confirmed by a later offset."""
        self.webhook: JsonObject = {"url": ""}
        """As last set; with the secret token, which `getWebhookInfo` keeps to itself."""
        self.allowed_updates: frozenset[str] = frozenset()
        """Empty for all; kept until changed, by whichever way it was set."""
        self._arrived = asyncio.Event()

    def table(self) -> Mapping[str, Method]:
        """Methods by their Bot API names; `getUpdates` waits and is apart."""
        return {
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "logOut": lambda _: True,
            "close": lambda _: True,
        }

    def deliver(self, update: JsonObject) -> None:
        """Queue an update for `getUpdates`, unless its kind was not asked for."""
        if not self.allowed_updates or update.keys() & self.allowed_updates:
            self.pending.append(update)
            self._arrived.set()

    async def get_updates(self, parameters: Parameters) -> list[JsonObject]:
        """Confirm what lies before the offset and give what follows, waiting up to the timeout."""
        if self.webhook["url"]:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
                own_fault=True,
            )
        self._allow(parameters)
        offset = parameters.number("offset") or 0
        self.pending = [update for update in self.pending if _update_id(update) >= offset]
        self._arrived.clear()
        if not self.pending:
            await self._wait(parameters.number("timeout") or 0)
        return self.pending[: parameters.number("limit") or PollingLimit.MAX_LIMIT]

    async def _wait(self, seconds: int) -> None:
        # also a short poll lets others run, or a polling loop would keep the event loop for itself
        await asyncio.sleep(0)
        try:
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        except TimeoutError:
            return

    def _set_webhook(self, parameters: Parameters) -> object:
        url = parameters.text("url")
        if url and not url.startswith("https://"):
            raise mistake("bad webhook: An HTTPS URL must be provided for webhook")
        secret = parameters.text("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise mistake("secret token contains unallowed characters")
        connections = parameters.number("max_connections")
        lowest, highest = WebhookLimit.MIN_CONNECTIONS_LIMIT, WebhookLimit.MAX_CONNECTIONS_LIMIT
        if connections is not None and not lowest <= connections <= highest:
            raise mistake("bad webhook: max_connections is out of range")
        self._allow(parameters)
        self._drop(parameters)
        self.webhook = {"url": url}
        if secret:
            self.webhook["secret_token"] = secret
        if connections is not None:
            self.webhook["max_connections"] = connections
        return True

    def _delete_webhook(self, parameters: Parameters) -> object:
        self._drop(parameters)
        self.webhook = {"url": ""}
        return True

    def _webhook_info(self, _parameters: Parameters) -> object:
        info: JsonObject = {"has_custom_certificate": False, "pending_update_count": len(self.pending)}
        info |= {name: value for name, value in self.webhook.items() if name != "secret_token"}
        if self.allowed_updates:
            info["allowed_updates"] = sorted(self.allowed_updates)
        return info

    def _allow(self, parameters: Parameters) -> None:
        kinds = parameters.value("allowed_updates")
        if kinds is None:
            return
        if not isinstance(kinds, list) or not set(kinds) <= set(UpdateType):
            raise mistake("can't parse allowed_updates: unknown kind of update")
        self.allowed_updates = frozenset(kinds)

    def _drop(self, parameters: Parameters) -> None:
        if parameters.flag("drop_pending_updates"):
            self.pending.clear()


def _update_id(update: JsonObject) -> int:
    update_id = update["update_id"]
    assert isinstance(update_id, int)  # noqa: S101 - made by LocalState.new_update
    return update_id
