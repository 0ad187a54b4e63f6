"""All that matches is read a page at a time, each document once."""

from __future__ import annotations

import pytest

from shared import paging as pages
from shared.ports import Create, Delete, Ports


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_PAGE", 2)


def _dropped(ports: Ports, at: list[str]) -> None:
    rows = [Create("uploads", f"u{number}", {"at": day, "name": "n"}) for number, day in enumerate(at)]
    ports.store.commit([[row] for row in rows])


def test_every_document_comes_once_over_the_borders_of_pages(ports: Ports) -> None:
    _dropped(ports, ["5", "4", "3", "2", "1"])
    assert [row.id for row in pages.iter_all(ports.store, "uploads")] == ["u0", "u1", "u2", "u3", "u4"]
    assert [len(rows) for rows in pages.iter_pages(ports.store, "uploads")] == [2, 2, 1]


def test_an_order_goes_on_over_equal_values_where_a_page_ended(ports: Ports) -> None:
    _dropped(ports, ["9", "5", "5", "5", "1"])
    up = [row.id for row in pages.iter_all(ports.store, "uploads", fields=("at",), order="at")]
    assert (up[0], sorted(up[1:4]), up[4]) == ("u4", ["u1", "u2", "u3"], "u0")
    down = [row.id for row in pages.iter_all(ports.store, "uploads", fields=("at",), order="-at")]
    assert down == up[::-1]


def test_what_is_removed_while_it_is_read_does_not_hide_what_follows(ports: Ports) -> None:
    _dropped(ports, ["1", "2", "3", "4", "5"])
    for row in pages.iter_all(ports.store, "uploads", [("at", "<", "5")], order="at"):
        ports.store.commit([[Delete("uploads", row.id)]])
    assert [row.id for row in pages.iter_all(ports.store, "uploads")] == ["u4"]
