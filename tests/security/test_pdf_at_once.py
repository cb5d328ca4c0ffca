"""Many PDFs asked for at once do not take the machine down."""

import threading
from contextlib import ExitStack

import pytest

from charter.formats import typesetting
from charter.formats.typesetting import AT_ONCE, Typesetter, TypesettingFailed


def test_who_finds_no_place_is_told_so_and_the_places_come_back():
    with ExitStack() as table:
        for _place in range(AT_ONCE):
            table.enter_context(Typesetter())
        with pytest.raises(TypesettingFailed, match="Too many"), Typesetter(patience=0.05):
            pass
    with Typesetter(patience=0.05) as typesetter:
        assert typesetter.process.poll() is None


def test_who_waits_gets_the_next_place():
    begun = threading.Event()

    def wait_for_a_place() -> None:
        with Typesetter(patience=20):
            begun.set()

    with ExitStack() as table:
        for _place in range(AT_ONCE):
            table.enter_context(Typesetter())
        waiting = threading.Thread(target=wait_for_a_place)
        waiting.start()
        assert not begun.wait(0.1)
    assert begun.wait(20)
    waiting.join()


def test_a_typesetter_that_cannot_be_started_keeps_no_place(monkeypatch):
    monkeypatch.setattr(typesetting.sys, "executable", "/nowhere/python")
    for _place in range(AT_ONCE + 1):
        with pytest.raises(FileNotFoundError), Typesetter(patience=0.05):
            pass
