"""Statements of pages that everybody opens: written in Core, compiled once, run on the driver's own cursor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError, MultipleResultsFound
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from feedforward.database import start_reading

Row: TypeAlias = tuple[Any, ...]
Convert: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """One statement for one dialect. `order` are the parameters by position, None where the driver takes names."""

    text: str
    order: Sequence[str] | None
    constants: dict[str, Any]
    asked: frozenset[str]
    binders: dict[str, Convert]


class HotRead:
    """A SELECT whose rows come as tuples in the order of its columns, with values as Core's types give them.

    Everything is as if `connection.execute` had run it (transaction, conversion, kinds of error) but for what
    SQLAlchemy does anew each time, which is ten times the database's own work: see docs/adr/0028. A list of a length
    that only the call knows cannot be a parameter.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}
        self._converters: dict[str, tuple[tuple[int, Convert], ...]] = {}

    def rows(self, connection: Connection, /, **values: Any) -> list[Row]:
        """All rows. TypeError unless `values` are exactly the statement's parameters."""
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        if compiled.asked != values.keys():
            raise TypeError(f"this statement asks for {sorted(compiled.asked)}, not for {sorted(values)}")
        for name, convert in compiled.binders.items():
            values[name] = convert(values[name])
        if compiled.constants:
            values.update(compiled.constants)
        order = compiled.order
        given = values if order is None else tuple([values[name] for name in order])
        rows, description = _run(connection, compiled.text, given)
        converters = self._converters.get(dialect.name)
        if converters is None:
            converters = self._converters[dialect.name] = self._results(dialect, description)
        return _converted(rows, converters) if converters else rows

    def one_or_none(self, connection: Connection, /, **values: Any) -> Row | None:
        """The only row, or None; MultipleResultsFound where there are more."""
        rows = self.rows(connection, **values)
        if len(rows) > 1:
            raise MultipleResultsFound("Multiple rows were found when one or none was required")
        return rows[0] if rows else None

    def _compile(self, dialect: Dialect) -> _Compiled:
        made = self.statement.compile(dialect=dialect)
        assert isinstance(made, SQLCompiler)
        asked = frozenset(name for name, bind in made.binds.items() if bind.required)
        if any(made.binds[name].expanding for name in asked):
            raise TypeError("a list whose length only the call knows cannot be a parameter of a hot read")
        # Lists written into the statement are laid out now; what the call gives has no value yet.
        state = made.construct_expanded_state(dict.fromkeys(asked))
        converters: dict[str, Any] = {name: _binder(bind.type, dialect) for name, bind in made.binds.items()}
        converters.update(state.processors)
        constants = {
            name: value if (convert := converters.get(name)) is None else convert(value)
            for name, value in state.parameters.items()
            if name not in asked
        }
        compiled = self._compiled[dialect.name] = _Compiled(
            state.statement, state.positiontup if dialect.positional else None, constants, asked,
            {name: convert for name in asked if (convert := converters[name]) is not None},
        )  # fmt: skip
        return compiled

    def _results(self, dialect: Dialect, description: Sequence[Any]) -> tuple[tuple[int, Convert], ...]:
        """Which columns are converted, and how: by their type in the statement and what the driver says it sends."""
        columns = self.statement.selected_columns
        found = (
            (place, column.type.dialect_impl(dialect).result_processor(dialect, described[1]))
            for place, (column, described) in enumerate(zip(columns, description, strict=True))
        )
        return tuple((place, convert) for place, convert in found if convert is not None)


def _binder(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _run(connection: Connection, text: str, values: Any) -> tuple[list[Row], Sequence[Any]]:
    raw: Any = connection.connection.dbapi_connection
    cursor = raw.cursor()
    try:
        if not connection.in_transaction():
            start_reading(connection, raw)
        cursor.execute(text, values)
        return cursor.fetchall(), cursor.description
    except Exception as error:
        raise _as_core_tells_it(connection, raw, cursor, text, error) from None
    finally:
        cursor.close()


def _as_core_tells_it(connection: Connection, raw: Any, cursor: Any, text: str, error: Exception) -> BaseException:
    """The driver's error as SQLAlchemy wraps it, without the values; a lost connection leaves the pool."""
    dialect = connection.dialect
    dbapi = dialect.loaded_dbapi
    lost = isinstance(error, dbapi.Error) and dialect.is_disconnect(error, raw, cursor)
    if lost:
        connection.invalidate(error)
    return DBAPIError.instance(
        text, None, error, dbapi.Error, hide_parameters=True, connection_invalidated=lost, dialect=dialect
    )


def _converted(rows: Sequence[Row], converters: Sequence[tuple[int, Convert]]) -> list[Row]:
    found = []
    for row in rows:
        values = list(row)
        for place, convert in converters:
            values[place] = convert(values[place])
        found.append(tuple(values))
    return found
