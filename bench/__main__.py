"""Run the bench: print a table, write latest.json."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.child import Child
from bench.counting import tally_ms
from bench.guide import guide_ms
from bench.summary import held, summary_s

LATEST = Path(__file__).resolve().parent / "latest.json"
SLOW = 0.02
ROUNDS = 3
TURN = 600  # requests: short turns, so that whatever else the machine does falls on both alike
LONG = {False: (20, 60, 1000), True: (3, 10, 50)}  # activities, options, people of what is handed out


@dataclass
class Bench:
    """One run: the server on one core, the phones on the other."""

    quick: bool
    folder: Path
    house: Child
    room: Child
    steps: list[str]
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def phones(self) -> int:
        """Say how many phones there are."""
        return 1000 if self.quick else 5000

    def run(self) -> None:
        """Measure everything."""
        facts = self.house.ask("facts")
        self.room.ask("enter", port=self.house.ask("port"), facts=facts)
        for step in (self.visit, self.streams, self.speeds, self.lone, self.crowd, self.slow, self.bursts):
            if self.steps and step.__name__ not in self.steps:
                continue
            started = time.monotonic()
            step()
            print(f"… {step.__name__} {time.monotonic() - started:.1f} s", flush=True)
        if not self.steps or "tally" in self.steps:
            self.found["tally_ms"] = tally_ms()
        if not self.steps or "guide" in self.steps:
            self.found["guide"] = guide_ms()
        if not self.steps or "summary" in self.steps:
            self.found |= summary_s(quick=self.quick)

    def visit(self) -> None:
        """Weigh a phone's first visit to an open question."""
        self.house.ask("round")
        seen = self.room.ask("visit")
        self.found |= {"phone_first_visit_bytes": seen["bytes"], "phone_requests": seen["requests"]}

    def speeds(self) -> None:
        """Compare the bare hello with durable ballots, turn by turn, with 64 clients."""
        self._turn(64, TURN)  # warm
        turns = [self._turn(64, TURN) for _ in range(12 if self.quick else 40)]
        hello, new, again = (dict(_medians(group)) for group in zip(*turns, strict=True))
        ratios = [turn[1]["rps"] / turn[0]["rps"] for turn in turns]
        low, middle, high = statistics.quantiles(ratios, n=4)
        self.found |= {
            "hello_rps": hello["rps"],
            "hello_p99_ms_64": hello["p99_ms"],
            "hello_cpu_us": hello["cpu_us"],
            "ballot_rps": new["rps"],
            "ballot_cpu_us": new["cpu_us"],
            "ballot_over_hello": middle,
            "ballot_over_hello_quartiles": [round(low, 3), round(high, 3)],
            "ballot_over_hello_turns": len(turns),
            "ballot_p50_ms_64": new["p50_ms"],
            "ballot_p99_ms_64": new["p99_ms"],
            "returning_rps": again["rps"],
            "returning_p99_ms_64": again["p99_ms"],
        }

    def lone(self) -> None:
        """Let one client vote alone: it does not wait for company."""
        self._others(1, 150)

    def crowd(self) -> None:
        """Let 500 clients vote at once."""
        self._others(500, min(self.phones, 3000))

    def slow(self) -> None:
        """Add twenty milliseconds to every sync of the disk, with 500 clients."""
        ratios, crowd = [], max(self.phones, 3000)  # with less the first and the last wave are all there is
        for _ in range(ROUNDS + 2):
            fast = self._load(500, crowd, self.house.ask("round")["round"])
            self.house.ask("slow", seconds=SLOW)
            slowed = self._load(500, crowd, self.house.ask("round")["round"])
            self.house.ask("slow", seconds=0)
            ratios.append(slowed["rps"] / fast["rps"])
        self.found |= {"slow_disk_rps": slowed["rps"], "slow_disk_ratio": statistics.median(ratios)}

    def streams(self) -> None:
        """Let all phones hold a stream: what each weighs, and how soon the last one hears."""
        digest = self.house.ask("round")["digest"]
        before = self.house.ask("memory")
        held = self._hold(digest)
        time.sleep(0.5)
        weight = (self.house.ask("memory") - before) / self.phones / 1024
        lasts = []
        for _ in range(ROUNDS + 2):
            since = self.room.ask("told")
            at = self.house.ask("announce")
            heard = self.room.ask("fanned", since=since)
            if heard["told"] < self.phones:
                raise SystemExit(f"Only {heard['told']} of {self.phones} streams heard.")
            lasts.append((heard["last"] - at) * 1000)
            time.sleep(0.2)
        self.room.ask("release")
        self.found |= {
            "streams": self.phones,
            "streams_opened_s": held["seconds"],
            "kib_per_stream": weight,
            "fanout_last_ms": statistics.median(lasts),
        }

    def bursts(self) -> None:
        """Let all phones, each holding a stream, answer within seconds; by turns while summaries are made."""
        session = held(self.folder, *LONG[self.quick])
        self._hold(self.house.ask("round")["digest"])
        plain, busy = [], []
        for _ in range(ROUNDS):
            plain.append(self._burst())
            self.house.ask("exporting", session=session, format="docx")
            busy.append(self._burst())
            if not self.house.ask("exported"):
                raise SystemExit("No summary was made meanwhile.")
        self._tell_bursts(plain, busy)

    def _tell_bursts(self, plain: list[Any], busy: list[Any]) -> None:
        runs, middle = plain + busy, dict(_medians(plain))
        slow_end = statistics.median(run["p99_ms"] for run in busy)
        self.found["burst"] = {
            "phones": self.phones,
            "within_s": 1 if self.quick else 3,
            "accepted": min(run["accepted"] for run in runs),
            "lost": max(max(run["lost"], self.phones - run["accepted"]) for run in runs),
            "p50_ms": middle["p50_ms"],
            "p99_ms": middle["p99_ms"],
            "projector_final_s": middle["final_s"],
            "p99_ms_during_export": slow_end,
        }
        self.found["export_p99_ratio"] = slow_end / middle["p99_ms"]

    def _burst(self) -> Any:
        round = self.house.ask("round")["round"]
        self.house.ask("reveal")
        time.sleep(0.3)
        seconds = 1 if self.quick else 3
        run = self.room.ask("burst", phones=self.phones, seconds=seconds, round=round)
        return run | {"lost": run["accepted"] - min(run["accepted"], self.house.ask("ballots"))}

    def _hold(self, digest: str) -> Any:
        held = self.room.ask("hold", count=self.phones, digest=digest)
        if held["held"] < self.phones:
            raise SystemExit(f"Only {held['held']} of {self.phones} streams were held.")
        return held

    def _others(self, clients: int, number: int) -> None:
        turns = [self._turn(clients, number) for _ in range(ROUNDS)]
        for name, group in zip(("hello", "ballot", "returning"), zip(*turns, strict=True), strict=True):
            middle = dict(_medians(group))
            self.found[f"{name}_{clients}"] = {
                key: round(middle[key], 2) for key in ("rps", "p50_ms", "p99_ms")
            }

    def _turn(self, clients: int, number: int) -> tuple[Any, Any, Any]:
        hello = self._load(clients, number)
        round = self.house.ask("round")["round"]
        return hello, self._load(clients, number, round), self._load(clients, number, round, revision=2)

    def _load(self, clients: int, number: int, round: int = 0, revision: int = 1) -> Any:
        spent = self.house.ask("spent")
        run = self.room.ask("load", clients=clients, number=number, round=round, revision=revision)
        run["cpu_us"] = (self.house.ask("spent") - spent) / number * 1e6
        if run["bad"]:
            raise SystemExit(f"{run['bad']} of {number} answers were not 200.")
        return run


def _medians(runs: Any) -> Any:
    return ((key, statistics.median(run[key] for run in runs)) for key in runs[0])


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return round(value, 3 if value < 100 else 1) if isinstance(value, float) else value


def table(found: dict[str, Any]) -> str:
    """Write the figures for a reader."""
    lines = []
    for key, value in found.items():
        if isinstance(value, dict):
            value = "  ".join(f"{name} {part}" for name, part in value.items())
        lines.append(f"{key:26}{value}")
    return "\n".join(lines)


def main() -> None:
    """Start the server and the phones, measure, and put them away."""
    quick = os.environ.get("QUICK") == "1"
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        phones = 1000 if quick else 5000
        steps = sys.argv[1:]
        house, room = Child("bench.house", 0, str(phones), folder), Child("bench.room", 1)
        try:
            bench = Bench(quick, Path(folder), house, room, steps)
            bench.run()
        finally:
            room.end()
            house.end()
    found = {
        "quick": quick,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "seconds": time.monotonic() - started,
    }
    found = _rounded(bench.found | found)
    print(table(found))
    if not bench.steps:
        LATEST.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
