"""A Telegram on this machine, strict as the real one: `LocalTelegram`, a `Person` on it, a `Conversation`."""
