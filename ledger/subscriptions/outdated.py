"""Tables of read models as earlier releases built them: nobody follows them, so no erasure reaches them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Engine, MetaData, Table, inspect

from ledger.subscriptions.database import writing
from ledger.subscriptions.projection import Projection


def drop_outdated(engine: Engine, projections: Sequence[Projection]) -> None:
    """Drop the tables of every version before the present one of these projections."""
    names = [name for name in inspect(engine).get_table_names() if _is_outdated(name, projections)]
    if names:
        with writing(engine) as connection:
            for name in names:
                Table(name, MetaData()).drop(connection)


def _is_outdated(table: str, projections: Sequence[Projection]) -> bool:
    found = [re.fullmatch(rf"{projection.name}_v(\d+)(_\w+)?", table) for projection in projections]
    return any(
        int(match[1]) < projection.version for projection, match in zip(projections, found, strict=True) if match
    )
