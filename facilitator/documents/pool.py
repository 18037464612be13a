"""Work on all cores: what is much and heavy is shared out among forks of this process."""

from __future__ import annotations

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from multiprocessing.connection import Connection, wait

HANDFUL = 8  # of fewer the forks cost more than they save
MOST = 4
FORKS = sys.platform.startswith("linux")  # elsewhere libraries that draw may not survive one


def spread(work: Callable[[str], bytes], wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Do the work for each of what is wanted, in no order."""
    left = dict.fromkeys(wanted)
    cores = min(os.cpu_count() or 1, MOST)
    if len(left) > HANDFUL and cores > 1 and FORKS:
        first, *rest = left
        yield first, work(first)  # what the work loads is loaded once, before the forks
        left = dict.fromkeys(rest)
        for each, made in _forked(work, rest, cores):
            del left[each]
            yield each, made
    for each in left:  # where nothing forks, or a fork was ended
        yield each, work(each)


def apart(work: Callable[[], bytes]) -> bytes:
    """Do heavy work in a fork, so that the memory it takes is given back."""
    if not FORKS:
        return work()
    ear = _begun(_alone, work, alone=True)
    try:
        return ear.recv_bytes()
    except EOFError:
        return work()
    finally:
        multiprocessing.active_children()


def _alone(work: Callable[[], bytes], mouth: Connection) -> None:
    mouth.send_bytes(work())


def _begun(task: Callable[..., None], *given: object, alone: bool = False) -> Connection:
    """Begin a fork and give what it says; one that works alone may fork itself."""
    forks = multiprocessing.get_context("fork")
    ear, mouth = forks.Pipe(duplex=False)
    fork = forks.Process(target=task, args=(*given, mouth), daemon=not alone)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        fork.start()  # threads of libraries that calculate are no reason to warn: they begin anew
    mouth.close()
    return ear


def _forked(work: Callable[[str], bytes], wanted: Sequence[str], cores: int) -> Iterator[tuple[str, bytes]]:
    """Share the work out; no fork waits for another: if this process dies, each ends at its next word."""
    # neighbours stay together: they share words, which a fork shapes once
    bounds = [len(wanted) * place // cores for place in range(cores + 1)]
    ears = [_begun(_share, work, wanted[start:end]) for start, end in pairwise(bounds)]
    while ears:
        for ear in [each for each in wait(ears) if isinstance(each, Connection)]:
            try:
                yield ear.recv()
            except EOFError:
                ears.remove(ear)
    multiprocessing.active_children()  # those that ended are taken leave of


def _share(work: Callable[[str], bytes], wanted: Sequence[str], mouth: Connection) -> None:
    for each in wanted:
        mouth.send((each, work(each)))
