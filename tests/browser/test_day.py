"""A day in one room: challenges from the first idea to an order, then what helps against the first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from facilitator.blocks.challenges import CHALLENGES
from facilitator.blocks.corrective import CORRECTIVE
from facilitator.models.activity import Activity
from facilitator.models.card import Card
from facilitator.models.session import Session
from tests import factories
from tests.browser.conftest import CODE, House
from tests.browser.test_collect import propose, reach
from tests.browser.wall import session

pytestmark = pytest.mark.browser

AFTERNOON = "654321"
DATA, TWIN = "Manque de données fiables sur la migration", "Manque de donnees fiables sur les migrations"
BUDGET, CLERKS = "No budget for surveys", "ضعف التنسيق بين المؤسسات"
FOCAL, FORUM, LAW = "Un point focal par ministère", "A forum twice a year", "قانون لتبادل المعلومات"
TRAIN, PUBLISH, SURVEY = "Former les statisticiens", "Publish every quarter", "مسح وطني كل سنتين"
COLLECT, APPROVE, RANK = (step.prompt for step in CHALLENGES.steps)
HELP, ORDER = (step.prompt for step in CORRECTIVE.passes)


@dataclass
class Room:
    """The desk, the wall and a phone for each language, in one session."""

    desk: Page
    wall: Page
    phones: Mapping[str, Page]
    number: int = 0
    shown: int = 0

    def enter(self, found: Session) -> None:
        """Bring the desk and the wall to a session."""
        self.number, self.shown = found.id, 0
        self.look()
        self.wall.goto(f"/screen/{found.wall}?language=en")

    def look(self) -> None:
        """Bring the desk to the room, and wait until it follows what happens there."""
        with self.desk.expect_response(f"**/desk/sessions/{self.number}/now"):
            self.desk.goto(f"/desk/sessions/{self.number}")

    def press(self, name: str) -> None:
        """Press a button of the desk."""
        self.desk.get_by_role("button", name=name, exact=True).click()

    def open_next(self, prompt: Mapping[str, str]) -> None:
        """Show the next question and open it: each phone reads it in its own language."""
        self.shown += 1
        self.look()
        self.desk.locator(".order").get_by_role("button", name=f"Show question {self.shown}").click()
        expect(self.desk.locator(".stage-head")).to_contain_text(f"Question {self.shown} of")
        self.look()
        self.press("Open")
        for code, phone in self.phones.items():
            expect(phone.locator("h1")).to_contain_text(prompt[code].partition("{topic}")[0].strip())
            expect(phone.locator("form .main")).to_be_visible()

    def close(self) -> None:
        """Close the question."""
        self.look()
        self.press("Close")
        expect(self.wall.locator(".mark-closed")).to_be_visible()

    def reveal(self) -> None:
        """Show the result on the wall."""
        assert self.wall.locator(".result-row").count() == 0
        self.look()
        self.press("Show the result")
        expect(self.wall.locator(".result-row").first).to_be_visible()

    def feed(self, to: int) -> None:
        """Use the list in a question."""
        self.look()
        self.press(f"Use its list in question {to}")
        expect(self.desk.locator("#said")).to_contain_text("added to")

    def sift(self) -> None:
        """Read what was proposed."""
        self.look()
        self.desk.get_by_role("link", name="Read and decide").click()
        expect(self.desk.locator("[data-card=waiting]").first).to_be_focused()

    def release(self, *texts: str) -> None:
        """Put proposals on the wall, one key each."""
        for text in texts:
            reach(self.desk, text)
            self.desk.keyboard.press("a")
            expect(self.desk.locator("[data-card=wall]", has_text=text)).to_be_visible()
            expect(self.wall.locator(".options")).to_contain_text(text)

    def tick(self, **picked: Sequence[str]) -> None:
        """Let each phone tick what it shares."""
        for code, texts in picked.items():
            for text in texts:
                self.phones[code].locator(".row label", has_text=text).click()
            self.send(code)

    def rank(self, **orders: Sequence[str]) -> None:
        """Let each phone tap its order."""
        for code, texts in orders.items():
            for text in texts:
                self.phones[code].locator(".row", has_text=text).locator(".tap").tap()
            self.send(code)

    def send(self, code: str) -> None:
        """Send what is on a phone and wait for the receipt."""
        self.phones[code].locator("form .main").click()
        expect(self.phones[code].locator("form")).to_have_attribute("data-state", "received")

    def collect_actions(self, strategy: str = "", **texts: str) -> None:
        """Collect what helps: each phone says one thing, one says that it has worked before."""
        self.open_next(HELP)
        for code, text in texts.items():
            if code == strategy:
                self.phones[code].locator("[name=category-1]").select_option("strategy")
            propose(self.phones[code], text)
        self.sift()
        self.release(*texts.values())
        self.close()

    def results(self) -> list[tuple[str, str]]:
        """Read the wall: each line with its figure."""
        names = self.wall.locator(".result-name bdi").all_inner_texts()
        return list(zip(names, self.wall.locator(".result-figure strong").all_inner_texts(), strict=True))


@pytest.fixture
def room(house: House, desk: Page, projector: Page, device: Callable[..., Page]) -> Room:
    """Give a morning for all who come and an afternoon by card, both without a question yet."""
    with house.inside():
        morning = session()
        for activity in list(morning.activities):
            morning.activities.remove(activity)
        title = {"en": "Corrective actions", "fr": "Actions correctives", "ar": "إجراءات تصحيحية"}
        later = factories.session(workshop=morning.workshop, code=AFTERNOON, position=1, title=title)
        later.promise(named=False, asks_type=False, by_card=True, shared=False)
    return Room(desk, projector, {code: device(locale=code) for code in ("fr", "en", "ar")})


def join(room: Room, house: House) -> None:
    """Let the phones into the morning's session."""
    for phone in room.phones.values():
        phone.goto(f"/j/{CODE}")
        phone.locator("main form button").click()
        phone.wait_for_url(f"**/p/{CODE}")
    with house.inside():
        room.enter(session())


def join_by_card(room: Room, house: House) -> None:
    """Let the phones into the afternoon: two cards are scanned, one typed; a used one opens nothing."""
    with house.inside():
        later = Session.by_code(AFTERNOON)
        assert later
        cards = {code: Card.issue(later)[1] for code in room.phones}
        room.enter(later)
    for code, phone in room.phones.items():
        typed = code == "en"
        phone.goto(f"/j/{AFTERNOON}" if typed else f"/j/{AFTERNOON}#c={cards[code]}")
        if typed:
            phone.locator("#card").fill(cards["fr"])
            phone.locator("main form button").click()
            expect(phone.locator("[role=alert], .error").first).to_be_visible()
            phone.locator("#card").fill(cards[code].lower())
        expect(phone.locator("#card")).not_to_have_value("")
        phone.locator("main form button").click()
        phone.wait_for_url(f"**/p/{AFTERNOON}")


def lay(room: Room, block: str, questions: int, source: str = "", best: int = 0) -> None:
    """Lay a block into the running order, once for each of the best of a question where it asks for one."""
    room.desk.goto(f"/desk/sessions/{room.number}/blocks")
    if source:
        room.desk.get_by_label("The challenges come from").select_option(label=source)
        room.desk.get_by_label("How many of them, from the first").fill(str(best))
    room.press(f"Add to the running order: {block}")
    expect(room.desk.locator(".order-row")).to_have_count(questions)


def merge_the_twins(room: Room) -> None:
    """Release one proposal and merge its twin into it, which its author is told."""
    room.sift()
    room.release(DATA)
    reach(room.desk, TWIN)
    room.desk.keyboard.press("1")
    expect(room.desk.locator("[data-card=aside]")).to_contain_text(TWIN)
    room.release(BUDGET, CLERKS)
    expect(room.phones["en"].locator("#own-2")).to_contain_text(DATA)
    expect(room.wall.locator(".options li")).to_have_count(3)


def take_the_best(room: Room, best: int, to: str) -> None:
    """Let only the best of a list go on."""
    room.look()
    room.desk.get_by_role("link", name="Use its list in…").click()
    room.desk.get_by_label(to).check()
    room.desk.get_by_label("Only the best").fill(str(best))
    with room.desk.expect_navigation():
        room.press("Use the list there")


def put_in_paper(room: Room, *order: str) -> None:
    """Put in a paper ballot at the desk."""
    room.look()
    room.desk.get_by_role("link", name="Paper and hands").click()
    for place, text in enumerate(order, 1):
        room.desk.get_by_label(text, exact=True).select_option(str(place))
    room.press("Count this ballot")
    expect(room.desk.locator(".flash")).to_contain_text("1 ballot counted.")


def support(activity: Activity) -> dict[str, int]:
    """Read how many stand behind each option."""
    texts = {item.id: item.text("en") for item in activity.options}
    return {texts[row.option]: row.figures["support"] for row in activity.round.standings().rows}


def collect(room: Room) -> None:
    """Collect challenges in three languages; two that say the same become one, and find supporters."""
    room.open_next(COLLECT)
    for code, text in {"fr": DATA, "en": BUDGET, "ar": CLERKS}.items():
        propose(room.phones[code], text)
    propose(room.phones["en"], TWIN, 2)
    expect(room.wall.locator(".received")).to_have_text("4 proposals received")
    merge_the_twins(room)
    room.tick(ar=[DATA])
    room.close()


def put_in_order(room: Room) -> None:
    """Keep the challenges that most share, and put them in order."""
    room.feed(to=2)
    room.open_next(APPROVE)
    room.tick(fr=[DATA, CLERKS], en=[DATA, BUDGET], ar=[DATA, CLERKS])
    room.close()
    room.reveal()
    assert room.results() == [(DATA, "3"), (CLERKS, "2"), (BUDGET, "1")]
    take_the_best(room, 2, to=RANK["en"])
    room.open_next(RANK)
    room.rank(fr=[CLERKS, DATA], en=[DATA, CLERKS], ar=[CLERKS, DATA])
    room.close()
    room.reveal()
    assert room.results() == [(CLERKS, "mean place 1.3"), (DATA, "mean place 1.7")]


def against_the_first(room: Room) -> None:
    """Find what helps against the first challenge, with a ballot on paper."""
    room.collect_actions(strategy="ar", fr=FOCAL, en=FORUM, ar=LAW)
    room.feed(to=2)
    room.open_next(ORDER)
    room.rank(fr=[FOCAL, FORUM, LAW], en=[FOCAL, FORUM, LAW], ar=[FOCAL, LAW, FORUM])
    put_in_paper(room, FORUM, LAW, FOCAL)
    room.close()
    room.reveal()
    means = ["mean place 1.5", "mean place 2.0", "mean place 2.5"]
    assert room.results() == list(zip([FOCAL, FORUM, LAW], means, strict=True))
    expect(room.wall.locator(".result-turnout")).to_contain_text("4 took part. Of which on paper: 1.")
    room.desk.get_by_role("link", name="Result in full").click()
    expect(room.desk.locator(".result-turnout")).to_contain_text("Of which on paper: 1.")
    expect(room.desk.locator(".result-row").first).to_contain_text(FOCAL)


def against_the_second(room: Room) -> None:
    """Find what helps against the second challenge."""
    room.collect_actions(fr=TRAIN, en=PUBLISH, ar=SURVEY)
    room.feed(to=4)
    room.open_next(ORDER)
    room.rank(fr=[SURVEY, TRAIN], en=[SURVEY, PUBLISH, TRAIN], ar=[SURVEY])
    room.close()
    room.reveal()
    assert room.results()[0] == (SURVEY, "mean place 1.0")


def check_the_items() -> None:
    """Every item knows what it is, what it is about and in which round it was said."""
    collected, _approved, ranked = session().running_order
    assert support(collected) == {DATA: 3, BUDGET: 1, CLERKS: 1}
    assert [item.text("en") for item in ranked.options] == [DATA, CLERKS]
    later = Session.by_code(AFTERNOON)
    assert later
    assert [card.used for card in later.cards] == [True, True, True]
    said = {item.text("en"): item for item in later.workshop.guide.items if item.round_id}
    challenges = dict.fromkeys((DATA, BUDGET, CLERKS), "challenge")
    actions = dict.fromkeys((FOCAL, FORUM, TRAIN, PUBLISH, SURVEY), "action")
    assert {text: item.category for text, item in said.items()} == challenges | actions | {LAW: "strategy"}
    first, _order, second, _last = later.running_order
    for texts, about, activity in (
        ((DATA, BUDGET, CLERKS), None, collected),
        ((FOCAL, FORUM, LAW), said[CLERKS].id, first),
        ((TRAIN, PUBLISH, SURVEY), said[DATA].id, second),
    ):
        origins = {(said[text].about_id, said[text].round_id) for text in texts}
        assert origins == {(about, activity.round.id)}


def test_a_day_from_the_first_idea_to_ordered_actions(house: House, room: Room) -> None:
    join(room, house)
    lay(room, "Challenges", questions=3)
    collect(room)
    put_in_order(room)
    join_by_card(room, house)
    lay(room, "Corrective actions", questions=4, source=f"Challenges · 3. {RANK['en']}", best=2)
    expect(room.desk.locator(".order-row").first).to_contain_text(CLERKS)
    against_the_first(room)
    against_the_second(room)
    with house.inside():
        check_the_items()
