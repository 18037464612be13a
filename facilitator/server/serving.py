"""Run the front on a socket until it is told to end, and end within three seconds."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO, TYPE_CHECKING, Any

import uvicorn

from facilitator.refusals import AlreadyServed
from facilitator.server.connection import protocol
from facilitator.server.front import LIMIT, Front

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from facilitator.events import Hub

BACKLOG = 4096
FILES = 65_536  # wished for
RESERVED = 200  # open files for everything that is not a phone
FILES_A_PHONE = 2  # its stream, and a request now and then
LAST_ANSWERS = 2
SWITCH = 0.002
KEEP_ALIVE = 20
LOOP = "facilitator.server.loop:new_loop"
GARBAGE = (50_000, 20, 50)  # the default looks through all held streams several times a second in a burst


class Server(uvicorn.Server):
    """A server that says goodbye on its streams before it waits for them to end."""

    def __init__(self, config: uvicorn.Config, front: Front, ready: Callable[[], None] | None = None) -> None:
        super().__init__(config)
        self.front, self.ready = front, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the front, then listen, then say so."""
        sys.setswitchinterval(SWITCH)
        gc.collect()
        gc.freeze()  # what is there now stays: no need to look through it again while phones wait
        gc.set_threshold(*GARBAGE)
        self.front.start()
        await super().startup(sockets)
        if self.ready:
            asyncio.get_running_loop().run_in_executor(None, self.ready)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End in order at the first signal; uvicorn's own way would kill the writer afterwards."""
        self.force_exit = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more, end the streams, finish the answers."""
        for server in self.servers:
            server.close()
        await self.front.end_streams()
        await super().shutdown(sockets)
        self.front.close()


def server(
    app: WSGIApplication, hub: Hub, *, limit: int = LIMIT, ready: Callable[[], None] | None = None
) -> Server:
    """Make the server of a WSGI app."""
    front = Front(app, hub, limit=limit, capacity=phones())
    config = uvicorn.Config(
        front,
        interface="asgi3",
        loop=LOOP,
        http=protocol(),
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=LAST_ANSWERS,
    )
    return Server(config, front, ready)


def listen(host: str, port: int) -> socket.socket:
    """Open the socket that phones reach; a port that is taken raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that name their protocol
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening


def phones() -> int:
    """Raise the limit of open files as far as the system lets us, and tell how many phones fit."""
    try:
        import resource
    except ImportError:  # Windows counts differently and allows more than a room holds
        return 8_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    if soft != resource.RLIM_INFINITY and soft < wished:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wished, hard))
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    files = FILES if soft == resource.RLIM_INFINITY else soft
    return max((files - RESERVED) // FILES_A_PHONE, 16)


@contextlib.contextmanager
def alone(folder: Path) -> Any:
    """Hold the lock of a data folder: SQLite is served by one process."""
    path = folder / "facilitator.lock"
    with path.open("a+b") as lock:
        try:
            _lock(lock)
        except OSError:
            raise AlreadyServed(path=str(folder)) from None
        yield


def _lock(lock: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        lock.seek(0)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
