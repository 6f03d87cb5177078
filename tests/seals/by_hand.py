"""What somebody with a password for the database can do to events, behind the ledger's back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import text

from ledger.services import House
from ledger.store.leaves import Stored

COLUMNS = ("place", "originator_id", "originator_version", "topic", "state")


class ByHand:
    """Plain SQL on the table of events."""

    def __init__(self, house: House) -> None:
        self._engine = house.log_engine
        self._postgresql = self._engine.dialect.name == "postgresql"
        self._place = "notification_id" if self._postgresql else "position"
        self.before = house.store.read_stored(0, 10_000)

    def run(self, statement: str, **values: Any) -> None:
        """Run a statement; `@` stands for the column of the position."""
        with self._engine.begin() as connection:
            connection.execute(text(statement.replace("@", self._place)), values)

    def alter(self, event: Stored, **values: Any) -> None:
        """Change columns of one event."""
        named = ", ".join(f"{name} = :{name}" for name in values)
        self.run(f"UPDATE stored_events SET {named} WHERE @ = :at", at=event.position, **values)  # noqa: S608

    def move(self, event: Stored, to: int) -> None:
        """Give an event another position."""
        self.run("UPDATE stored_events SET @ = :to WHERE @ = :at", at=event.position, to=to)

    def remove(self, event: Stored) -> None:
        """Delete one event."""
        self.run("DELETE FROM stored_events WHERE @ = :at", at=event.position)

    def insert(self, events: Sequence[Stored]) -> None:
        """Insert events where they say."""
        statement = text(
            f"INSERT INTO stored_events ({self._place}, originator_id, originator_version, topic, state)"  # noqa: S608
            " VALUES (:place, :originator_id, :originator_version, :topic, :state)"
        )
        with self._engine.begin() as connection:
            connection.execute(statement, [self._row(event) for event in events])

    def mend(self) -> None:
        """Put everything back as it was."""
        self.run("DELETE FROM stored_events")
        self.insert(self.before)

    def gap(self) -> None:
        """Let the next event leave ten positions out, as a database may."""
        if self._postgresql:
            sequence = "pg_get_serial_sequence('stored_events', 'notification_id')"
            self.run(f"SELECT setval({sequence}, (SELECT max(@) FROM stored_events) + 10)")  # noqa: S608
        else:
            self.run("UPDATE sqlite_sequence SET seq = seq + 10 WHERE name = 'stored_events'")

    def _row(self, event: Stored) -> dict[str, Any]:
        row = dict(zip(COLUMNS, astuple(event), strict=True))
        return row if self._postgresql else {**row, "originator_id": event.originator_id.hex}


def tamper(hand: ByHand, random: Random) -> tuple[str, set[int]]:
    """Do one thing to one or two events; return what was done, and the positions that must be named."""
    one, other = random.sample(hand.before, 2)
    what = random.choice(["state", "bit", "topic", "version", "id", "delete", "swap", "move", "insert", "exchange"])
    if what == "state":
        hand.alter(one, state=one.state + b" ")
    elif what == "bit":
        at = random.randrange(len(one.state))
        hand.alter(one, state=one.state[:at] + bytes([one.state[at] ^ 1 << random.randrange(8)]) + one.state[at + 1 :])
    elif what == "topic":
        hand.alter(one, topic=one.topic[:-1] + chr(ord(one.topic[-1]) ^ 1))
    elif what == "version":
        hand.alter(one, originator_version=one.originator_version + random.randrange(1, 1000))
    elif what == "id":
        id_ = UUID(int=one.originator_id.int ^ 1 << random.randrange(128))
        hand.alter(one, originator_id=id_ if hand._postgresql else id_.hex)
    elif what == "delete":
        hand.remove(one)
    elif what == "swap":
        hand.move(one, 0)
        hand.move(other, one.position)
        hand.run("UPDATE stored_events SET @ = :to WHERE @ = 0", to=other.position)
        return what, {one.position, other.position}
    elif what == "exchange":
        hand.alter(one, state=other.state, topic=other.topic)
        hand.alter(other, state=one.state, topic=one.topic)
        return what, {at.position for at in (one, other)} if one.state != other.state else set()
    else:
        places = {event.position for event in hand.before}
        free = random.choice([place for place in range(1, max(places)) if place not in places])
        if what == "move":
            hand.move(one, free)
            return what, {one.position, free}
        hand.insert([Stored(free, UUID(int=random.getrandbits(128)), 1, one.topic, one.state)])
        return what, {free}
    return what, {one.position}
