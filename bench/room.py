"""The bench's phones and its wall, in another process, on the other core."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import count, islice
from typing import Any

from bench.child import pin
from bench.lines import HOST, PATIENCE, Held, Line, Streams, get, post
from facilitator.server.serving import phones as raise_open_files

ANSWERED = re.compile(rb'class="answered">\D*(\d+)')
OPENING = 100


def centiles(times: list[float]) -> dict[str, float]:
    """Give the middle and the slow end, in milliseconds."""
    times = sorted(times) or [0.0]
    return {f"p{part}_ms": times[min(len(times) - 1, len(times) * part // 100)] * 1000 for part in (50, 99)}


class Room:
    """What the phones do when the bench says so."""

    def __init__(self, port: int, facts: dict[str, Any]) -> None:
        self.port, self.facts = port, facts
        self.streams, self.wall = Streams(), Streams()
        self.news = asyncio.Event()

    async def load(self, clients: int, number: int, round: int = 0, revision: int = 1) -> dict[str, float]:
        """Let clients vote in a round as fast as they are answered, or say hello where there is no round."""
        requests = iter(list(islice(self._ballots(round, revision), number)))
        lines = [await self._connect(Line) for _ in range(clients)]
        times: list[float] = []
        bad = 0

        async def client(line: Line) -> None:
            nonlocal bad
            for request in requests:
                sent = time.perf_counter()
                answer = await line.ask(request)
                times.append(time.perf_counter() - sent)
                bad += not answer.startswith(b"HTTP/1.1 200")

        started = time.perf_counter()
        await asyncio.gather(*map(client, lines))
        elapsed = time.perf_counter() - started
        for line in lines:
            line.transport.close()
        return {"rps": len(times) / elapsed, "bad": bad, **centiles(times)}

    async def hold(self, count: int, digest: str) -> dict[str, float]:
        """Let phones open their streams and hold them."""
        started = time.perf_counter()
        gate = asyncio.Semaphore(OPENING)
        wanted = len(self.streams.open) + count

        async def one(secret: str) -> None:
            async with gate:
                asked = get(self.port, f"/p/{self.facts['code']}/stream?seen={digest}", secret)
                await self._connect(partial(Held, self.streams, asked, b"activity", self.streams.heard))

        await asyncio.gather(*(one(secret) for secret, _, _ in self.facts["phones"][:count]))
        while len(self.streams.open) < wanted and time.perf_counter() < started + PATIENCE:
            await asyncio.sleep(0.01)
        return {"held": len(self.streams.open), "seconds": time.perf_counter() - started}

    async def release(self) -> None:
        """Let go of all streams."""
        for transport in list(self.streams.open):
            transport.close()

    async def fanned(self, since: int) -> dict[str, float]:
        """Wait until all streams have heard once more, and tell when the last did."""
        wanted = since + len(self.streams.open)
        end = time.monotonic() + PATIENCE
        while self.streams.told < wanted and time.monotonic() < end:
            await asyncio.sleep(0.005)
        return {"told": self.streams.told - since, "last": self.streams.last}

    async def told(self) -> int:
        """Count what the streams have heard so far."""
        return self.streams.told

    async def burst(self, phones: int, seconds: float, round: int) -> dict[str, float]:
        """Let phones that hold streams all answer within some seconds, each on a new connection."""
        watching = asyncio.create_task(self._watch(phones))
        await asyncio.sleep(0.5)
        started = time.monotonic()
        times: list[float] = []
        ends: list[float] = []

        async def one(request: bytes, wait: float) -> None:
            await asyncio.sleep(wait)
            sent = time.monotonic()
            line: Line = await self._connect(Line)
            answer = await line.ask(request)
            line.transport.close()
            if answer.startswith(b"HTTP/1.1 200"):
                ends.append(time.monotonic())
                times.append(ends[-1] - sent)

        ballots = islice(self._ballots(round, 1), phones)
        await asyncio.gather(*(one(request, random.uniform(0, seconds)) for request in ballots))
        try:
            final = await asyncio.wait_for(watching, 5)
        except TimeoutError:
            final = float("inf")
        last = max(ends, default=started)
        return {"accepted": len(ends), "seconds": last - started, "final_s": final - last, **centiles(times)}

    async def visit(self) -> dict[str, int]:
        """Open a question as a phone that has nothing yet, and weigh all it fetches."""
        line: Line = await self._connect(Line)
        secret = self.facts["phones"][0][0]
        page = await line.ask(get(self.port, f"/p/{self.facts['code']}", secret))
        weighed = [len(page)]
        head, _, body = page.partition(b"\r\n\r\n")
        if b"gzip" in head:
            import gzip

            body = gzip.decompress(body)
        links = re.findall(rb'<link[^>]* href="(/[^"]+)"|<(?:script|img)[^>]* src="(/[^"]+)"', body)
        for linked in sorted({(one or other).decode() for one, other in links}):
            weighed.append(len(await line.ask(get(self.port, linked, secret))))
        line.transport.close()
        return {"bytes": sum(weighed), "requests": len(weighed)}

    async def _watch(self, final: int) -> float:
        """Be the wall: look at every news, until the final figure is there; tell when."""
        path = f"/screen/{self.facts['wall']}"
        stream = await self._connect(
            partial(Held, self.wall, get(self.port, f"{path}/stream"), b"ballots", self.news.set)
        )
        line: Line = await self._connect(Line)
        try:
            while True:
                await self.news.wait()
                self.news.clear()
                shown = ANSWERED.search(await line.ask(get(self.port, f"{path}/now")))
                if shown and int(shown[1]) >= final:
                    return time.monotonic()
        finally:
            stream.transport.close()
            line.transport.close()

    def _ballots(self, round: int, revision: int) -> Iterator[bytes]:
        path = f"/p/{self.facts['code']}/answers/{round}" if round else "/hello"
        for turn in count(revision):  # who has answered changes the answer
            for secret, token, _ in self.facts["phones"]:
                option = random.choice(self.facts["options"])
                yield post(self.port, path, secret, f"token={token}&option={option}&revision={turn}")

    async def _connect(self, kind: Any) -> Any:
        return (await asyncio.get_running_loop().create_connection(kind, HOST, self.port))[1]


async def main() -> None:
    """Do what the bench says until it closes our input."""
    pin(int(sys.argv[1]))
    raise_open_files()
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=64 * 1024 * 1024)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    room: Room | None = None
    while line := await reader.readline():
        asked = json.loads(line)
        do = asked.pop("do")
        if do == "enter":
            room, answer = Room(**asked), True
        else:
            answer = await getattr(room, do)(**asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
