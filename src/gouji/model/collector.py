"""Python's cyclic garbage collector (循环垃圾回收) left out while a document is read or checked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Reading a document makes some hundred thousand records and hardly a cycle; looking for cycles in them again and again takes a
    tenth of the time. The collector is as it was afterwards, and frees what cycles there are then.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            if not gc.get_freeze_count():
                # The records go to the oldest generation as they are: else the first collection of the young would walk through all of them.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
