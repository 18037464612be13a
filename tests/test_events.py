"""What the hub tells, to whom, how often, and across processes."""

import time
from collections.abc import Iterator

import psycopg
import pytest

from facilitator import events
from facilitator.events import Hub, Subscription
from facilitator.frames import frame
from facilitator.relay import Relay
from tests.waiting import until


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.close()


@pytest.fixture
def pair(postgres: str) -> Iterator[tuple[Hub, Hub]]:
    hubs = Hub(postgres), Hub(postgres)
    for made in hubs:
        made.listen(1, lambda topic, version: None)
        assert made._relay
        assert made._relay.connected.wait(60)
    yield hubs
    for made in hubs:
        made.close()


def test_the_desk_is_heard_at_once_and_in_order(hub: Hub) -> None:
    heard: list[tuple[str, int]] = []
    hub.listen(1, lambda topic, version: heard.append((topic, version)))
    for _ in range(10):
        hub.announce(1, "activity")
    assert [topic for topic, _ in heard] == ["activity"] * 10
    versions = [version for _, version in heard]
    assert versions == sorted(set(versions))


def test_what_serves_the_pages_hears_before_them(hub: Hub) -> None:
    heard: list[str] = []
    for name in "abc":
        hub.listen(1, lambda topic, version, name=name: heard.append(f"page {name}"))
    hub.listen(1, lambda topic, version: heard.append("what is kept for pages"), first=True)
    hub.announce(1, "activity")
    assert heard == ["what is kept for pages", "page a", "page b", "page c"]


def test_what_came_between_a_look_and_the_stream_is_not_missed(hub: Hub) -> None:
    hub.announce(1, "activity")
    phone = Subscription(1, "phone", since=hub.version(1))
    assert [each[:6] for each in hub.opening(phone)] == ["retry:"]
    for topic in ("texts", "ballots", "activity"):
        hub.announce(1, topic)
    _greeting, *missed = hub.opening(phone)
    assert [each.split("\n")[1] for each in missed] == ["event: texts", "event: activity"]
    assert missed[-1] == frame("activity", hub.version(1))
    assert len(hub.opening(Subscription(1, "phone"))) == 1
    assert len(hub.opening(Subscription(2, "phone", since=0))) == 1


def test_other_sessions_hear_nothing(hub: Hub) -> None:
    heard: list[str] = []
    hub.listen(2, lambda topic, version: heard.append(topic))
    hub.announce(1, "activity")
    assert heard == []


def test_who_stopped_listening_hears_no_more(hub: Hub) -> None:
    heard: list[str] = []
    stop = hub.listen(1, lambda topic, version: heard.append(topic))
    stop()
    hub.announce(1, "activity")
    assert heard == []


def test_ballots_are_told_four_times_a_second_and_the_last_always(hub: Hub) -> None:
    heard: list[float] = []
    hub.listen(1, lambda topic, version: heard.append(time.monotonic()))
    began = time.monotonic()
    while len(heard) < 5:
        hub.announce(1, "ballots")
        time.sleep(0.002)
        assert time.monotonic() - began < 60
    last = time.monotonic()
    hub.announce(1, "ballots")
    assert until(lambda: heard[-1] >= last and not hub._due)
    hub.version(1)  # waits for what is just being told
    told = len(heard)
    assert [at for number, at in enumerate(heard) if at < began + number * events.INTERVAL] == []
    time.sleep(events.INTERVAL + 0.05)
    assert len(heard) == told


def test_topics_and_sessions_do_not_hold_each_other_back(hub: Hub) -> None:
    heard: list[str] = []
    for session_id in (1, 2):
        hub.listen(session_id, lambda topic, version: heard.append(topic))
    hub.announce(1, "ballots")
    hub.announce(1, "people")
    hub.announce(2, "ballots")
    assert sorted(heard) == ["ballots", "ballots", "people"]


def test_an_unknown_topic_is_a_mistake(hub: Hub) -> None:
    with pytest.raises(ValueError, match="weather"):
        hub.announce(1, "weather")


def test_versions_grow_across_a_restart(hub: Hub) -> None:
    for _ in range(5):
        hub.announce(1, "activity")
    before = hub.version(1)
    time.sleep(0.02)
    assert Hub().version(1) > before
    assert hub.version(1) == before


def test_a_phone_hears_only_what_it_may_have_to_show() -> None:
    phone, screen = Subscription(1, "phone"), Subscription(1, "screen")
    assert [topic for topic in sorted(events.TOPICS) if phone.wants(topic)] == ["activity", "texts"]
    assert all(screen.wants(topic) for topic in events.TOPICS)


def test_connected_counts_each_phone_once(hub: Hub) -> None:
    one = Subscription(1, "phone", "a")
    hub.arrived(one)
    hub.arrived(Subscription(1, "phone", "a"))  # a second tab
    hub.arrived(Subscription(1, "phone"))
    hub.arrived(Subscription(1, "screen"))
    hub.polled(1, "a")
    hub.polled(1, "b")
    assert hub.connected(1) == 3
    hub.left(one)
    assert hub.connected(1) == 3
    hub.left(one)
    assert hub.connected(1) == 2
    assert hub.connected(2) == 0


def test_a_phone_that_no_longer_asks_is_gone(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.polled(1, "a")
    assert hub.connected(1) == 1
    monkeypatch.setattr(events, "POLLED", -1.0)
    assert hub.connected(1) == 0


def test_arriving_and_leaving_is_told(hub: Hub) -> None:
    heard: list[str] = []
    hub.listen(1, lambda topic, version: heard.append(topic))
    phone = Subscription(1, "phone", "a")
    hub.arrived(phone)
    hub.left(phone)
    assert until(lambda: heard == ["people", "people"])


@pytest.mark.postgres
def test_processes_hear_each_other(pair: tuple[Hub, Hub]) -> None:
    heard: list[str] = []
    own: list[str] = []
    pair[0].listen(1, lambda topic, version: own.append(topic))
    pair[1].listen(1, lambda topic, version: heard.append(topic))
    pair[0].announce(1, "activity")
    assert own == ["activity"]
    assert until(lambda: heard == ["activity"])
    time.sleep(0.1)
    assert own == ["activity"]  # nobody hears himself twice


@pytest.mark.postgres
def test_processes_count_each_others_phones(pair: tuple[Hub, Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Subscription(1, "phone", "a")
    pair[0].arrived(phone)
    pair[1].arrived(Subscription(1, "phone", "b"))
    assert until(lambda: pair[0].connected(1) == pair[1].connected(1) == 2)
    pair[0].left(phone)
    assert until(lambda: pair[1].connected(1) == 1)
    monkeypatch.setattr(events, "FORGOTTEN", -1.0)
    assert pair[0].connected(1) == 0


@pytest.mark.postgres
def test_many_announcements_fit_the_channel(pair: tuple[Hub, Hub]) -> None:
    heard: set[int] = set()
    for session_id in range(10_000, 11_000):
        pair[1].listen(session_id, lambda topic, version, session_id=session_id: heard.add(session_id))
        pair[0].announce(session_id, "activity")
    assert until(lambda: len(heard) == 1000)


@pytest.mark.postgres
def test_a_cut_line_is_mended_and_everyone_looks_again(pair: tuple[Hub, Hub], postgres: str) -> None:
    heard: list[str] = []
    pair[1].listen(1, lambda topic, version: heard.append(topic))
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%' OR query LIKE '%pg_notify%' AND pid <> pg_backend_pid()"
        )
    assert until(lambda: heard[:2] == ["door", "activity"])
    assert until(lambda: all(hub._relay and hub._relay.connected.is_set() for hub in pair))
    heard.clear()
    pair[0].announce(1, "activity")
    assert until(lambda: "activity" in heard)


@pytest.mark.postgres
def test_who_begins_to_hear_the_others_looks_once_more(postgres: str) -> None:
    late = Hub(postgres)
    heard: list[str] = []
    late.listen(1, lambda topic, version: heard.append(topic))
    assert until(lambda: heard == ["door", "activity"])
    late.close()


def test_what_is_told_again_comes_after_what_was_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Relay, "_stay", lambda self: None)
    relay = Relay("", lambda *_: None, lambda: None, lambda: None)
    for topic in ("activity", "door", "activity"):
        relay.tell([1, topic])
    assert list(relay.outbox.values()) == [[1, "door"], [1, "activity"]]
    relay.close()


@pytest.mark.postgres
def test_strange_notifications_are_ignored(pair: tuple[Hub, Hub], postgres: str) -> None:
    heard: list[str] = []
    pair[1].listen(1, lambda topic, version: heard.append(topic))
    with psycopg.connect(postgres, autocommit=True) as connection:
        for payload in (
            "",
            "nonsense",
            "[1]",
            '["x", [[1, "weather"]]]',
            '["x", [["1", "activity"]]]',
            '["x", 7]',
        ):
            connection.execute("SELECT pg_notify('facilitator', %s)", (payload,))
    pair[0].announce(1, "people")
    assert until(lambda: heard == ["people"])
