"""The tables. No names, no messages; ids of chats and people only where an answer needs them.

Moments are whole seconds since 1970, so that both databases compare them alike. A change here needs a
migration in `bot/migrations`; a test compares the two.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import BigInteger, Column, Double, Index, Integer, MetaData, String, Table, Text

KEPT_TALK = timedelta(minutes=30)
"""The last topic and the open card: who comes back later begins anew."""

KEPT_REPLY = timedelta(hours=48)
"""Which reply belongs to which question: Telegram allows edits for about as long."""

KEPT_SEEN = timedelta(days=1)
"""Ids of updates: Telegram repeats one for at most a day."""

LEASE = timedelta(seconds=2)
"""How long a process has an update for itself: longer than an answer takes, short enough to wait for the end
of where the process was killed."""

KEPT_MISSED = timedelta(days=90)
"""Questions without an answer: one round of review by the curator."""

KEPT_ASKED = timedelta(days=90)
"""Which entry answered and what was thought of it, down-voted questions included: as long as missed ones."""

KEPT_TO_VOTE = timedelta(days=2)
"""The words of a question that was answered and not voted on; calendar days, the present one included."""

KEPT_PROFILE = timedelta(days=365)
"""Language and sector of somebody who no longer writes: one call to the next."""

metadata = MetaData()

people = Table(
    "people",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(8)),
    Column("sector", String(16)),
    Column("thread", Text),
    Column("thread_until", BigInteger),
    Column("card", Text),
    Column("card_until", BigInteger),
    Column("changed", BigInteger, nullable=False),
    Index("people_person", "person"),
    Index("people_changed", "changed"),
)
"""A person in a chat: what was chosen, and for half an hour the last topic and the open card."""

replies = Table(
    "replies",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("question", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, nullable=False),
    Column("reply", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("replies_person", "person"),
    Index("replies_at", "at"),
)
"""Message ids of a question and of its reply, so that an edited question changes its reply."""

missed = Table(
    "missed",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("question", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("missed_at", "at"),
)
"""Questions that found no sure answer, scrubbed, without who asked."""

seen = Table(
    "seen",
    metadata,
    Column("update", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Index("seen_at", "at"),
)
"""Updates that are done; one that comes again is acknowledged and not answered again."""

claims = Table(
    "claims",
    metadata,
    Column("update", BigInteger, primary_key=True, autoincrement=False),
    Column("by", BigInteger, nullable=False),
    Column("until", Double, nullable=False),
)
"""Updates at work, on PostgreSQL: which process has one (`by`, drawn by lot) and until when, by the
database's clock. Not logged: it need not outlive a crash of the database, and costs no wait for the disk."""

reminders = Table(
    "reminders",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("call", String(40), primary_key=True),
    Column("before", String(8), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("due", BigInteger, nullable=False),
    Column("leased_until", BigInteger),
    Index("reminders_person", "person"),
    Index("reminders_due", "due"),
)
"""Words promised before a deadline: `before` says which ("7d", "3h"), `due` when. The replica that sends one
holds it until `leased_until`; if that one is killed, another takes it then."""

asked = Table(
    "asked",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("question", Text),
    Column("entry", String(40), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(8), nullable=False),
    Column("day", Integer, nullable=False),
    Column("vote", String(8)),
    Column("reason", String(16)),
    Index("asked_day", "day"),
)
"""Questions that were answered: `id` is drawn by lot and stands in the vote buttons, `day` counts from 1970.

No chat, person or hour, so that no row leads back to who asked. The scrubbed words stay for the curator only
where somebody voted the answer down."""

days = Table(
    "days",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("people", Integer, nullable=False),
)
"""How many people were answered on a day; a number that nobody can be found in."""
