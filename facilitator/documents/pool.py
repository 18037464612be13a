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
    left = list(dict.fromkeys(wanted))
    ears: list[Connection] = []
    if len(left) > HANDFUL and _cores() > 1:
        first, *left = left
        yield first, work(first)  # what the work loads is loaded once, before the forks
        ears = _shared(_share, work, left)
    yield from _done(work, left, ears)


def ahead(work: Callable[[str], bytes], wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Begin the work for each of what is wanted now, and give it, in no order, when it is asked for."""
    return _done(work, wanted, _shared(_keep, work, wanted) if _cores() > 1 else [])


def beside(work: Callable[[str], bytes], wanted: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Begin it in one fork: this process has other work meanwhile."""
    return _done(work, wanted, [_begun(_keep, work, wanted)] if _cores() > 1 else [])


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


def _cores() -> int:
    """Count the forks that can work at once."""
    return min(os.cpu_count() or 1, MOST) if FORKS else 1


def _shared(
    task: Callable[..., None], work: Callable[[str], bytes], wanted: Sequence[str]
) -> list[Connection]:
    """Share the work out; no fork waits for another: if this process dies, each ends at its next word."""
    # neighbours stay together: they share words, which a fork shapes once
    cores = _cores()
    bounds = [len(wanted) * place // cores for place in range(cores + 1)]
    return [_begun(task, work, wanted[start:end]) for start, end in pairwise(bounds)]


def _done(
    work: Callable[[str], bytes], wanted: Sequence[str], ears: list[Connection]
) -> Iterator[tuple[str, bytes]]:
    left = dict.fromkeys(wanted)
    while ears:
        for ear in [each for each in wait(ears) if isinstance(each, Connection)]:
            try:
                each, made = ear.recv()
            except EOFError:
                ears.remove(ear)
                continue
            del left[each]
            yield each, made
    multiprocessing.active_children()  # those that ended are taken leave of
    for each in left:  # where nothing forks, or a fork was ended
        yield each, work(each)


def _share(work: Callable[[str], bytes], wanted: Sequence[str], mouth: Connection) -> None:
    for each in wanted:
        mouth.send((each, work(each)))


def _keep(work: Callable[[str], bytes], wanted: Sequence[str], mouth: Connection) -> None:
    """Do all of it first: nobody listens yet."""
    for made in [(each, work(each)) for each in wanted]:
        mouth.send(made)
