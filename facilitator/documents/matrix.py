"""The problem/solution matrix and the recommendations of a guide as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from facilitator.documents.document import Block, Column, Heading, Span, Table, Words
from facilitator.documents.ordinals import nth_challenge
from facilitator.documents.telling import Line, Telling
from facilitator.models.beginnings import FAMILIES

KNOWN = tuple(FAMILIES)
KINDS = {"action": "corrective_action", "strategy": "past_strategy"}


def matrix(telling: Telling) -> Iterator[Block]:
    """Tell the challenges in their order, under each its corrective actions, then what has worked before."""
    rows: list[Sequence[Words]] = []
    challenges = [line for line in telling.part("challenges") if line["uid"]]
    for place, challenge in enumerate(challenges, 1):
        ordinal = nth_challenge(place, telling.language) + telling.say("colon")
        title = telling.traced(challenge, challenge["words"].get("text"), strong=True)
        rows.append([[Span(ordinal), *title, *_moved(telling, challenge, challenges)]])
        for kind, phrase in KINDS.items():
            answers = [line for line in telling.below(challenge) if _kind(line) == kind]
            for number, line in enumerate(answers, 1):
                text = [*telling.traced(line, line["words"].get("text")), *_moved(telling, line, answers)]
                rows.append([telling.say(phrase, number=f"{place}.{number}"), text])
    lost = [line for line in telling.part("challenges") if not line["uid"]]
    loose = [line for above in lost for line in telling.below(above)]
    if loose:
        rows.append([[Span(telling.term("no-challenge"))]])
        rows += [
            [telling.say(KINDS[_kind(line)], number=number), telling.traced(line, line["words"].get("text"))]
            for number, line in enumerate(loose, 1)
        ]
    if rows:
        heads = f"{telling.term('actions')} / {telling.term('strategies')}"
        columns = [Column(telling.term("challenge"), 0.8), Column(heads, 2.2)]
        yield Table(telling.term("matrix"), columns, rows)


def _kind(line: Line) -> str:
    kind = line["facts"].get("kind")
    return kind if kind in KINDS else "action"


def recommendations(telling: Telling) -> Iterator[Block]:
    """Tell the recommendations by family, then those of none."""
    lines, families = telling.part("recommendations"), telling.content["families"]
    for family in sorted(families, key=_known):
        own = [line for line in lines if line["facts"].get("family") == family]
        if own:
            yield from _family(telling, telling.span(families[family]), f"family-{family}", own)
    others = [line for line in lines if line["facts"].get("family") not in families]
    if others:
        yield from _family(telling, Span(telling.term("no-family")), "family-none", others)


def _known(family: str) -> tuple[int, str]:
    """Order families as the domain does; those that a country added come after."""
    return (KNOWN.index(family) if family in KNOWN else len(KNOWN), family)


def _family(telling: Telling, title: Span, anchor: str, lines: Sequence[Line]) -> Iterator[Block]:
    yield Heading(2, [title], anchor)
    columns = [Column(telling.term("recommendation"), 2.4)]
    cells = [_recommendation(telling, lines, place) for place in range(len(lines))]
    kept = [0]
    for index, name in enumerate(
        (telling.term("adoption"), telling.term("priority"), telling.say("owner")), 1
    ):
        if any(row[index] for row in cells):
            columns.append(Column(name, 0.9))
            kept.append(index)
    yield Table([title], columns, [[row[index] for index in kept] for row in cells])


def _recommendation(telling: Telling, lines: Sequence[Line], index: int) -> Sequence[Words]:
    line = lines[index]
    text = [Span(f"{index + 1}. "), *telling.traced(line, line["words"].get("text"))]
    text += _moved(telling, line, lines)
    tags = [telling.tag(tag) for tag in line["facts"].get("tags") or ()]
    if tags:
        text.append(Span(f"\n{telling.say('comma').join(tags)}", soft=True))
    figures = [telling.figure(line, name) for name in ("adoption", "priority")]
    return [text, *figures, _owner(telling, line)]


def _owner(telling: Telling, line: Line) -> Sequence[Span]:
    follow = line.get("follow") or {}
    owner, deadline, status = follow.get("owner"), follow.get("deadline"), follow.get("status")
    said = [telling.span(owner)] if isinstance(owner, dict) else [Span(owner)] if owner else []
    rest = [telling.say("deadline", date=telling.date(deadline))] if deadline else []
    rest += [telling.term(f"status-{status}")] if status and (said or rest) else []
    comma = telling.say("comma")
    return [*said, Span((comma if said else "") + comma.join(rest), soft=True)] if rest else said


def _moved(telling: Telling, line: Line, beside: Sequence[Line]) -> list[Span]:
    """Say which place the room gave, where the experts chose another."""
    room, vote = line.get("room_place"), telling.ordered(line)
    ranked = [each for each in beside if each.get("room_place") and telling.ordered(each) == vote]
    if not room or room == sorted(each["room_place"] for each in ranked)[ranked.index(line)]:
        return []
    return [Span(f" ({telling.say('room_place', place=room)})", soft=True)]
