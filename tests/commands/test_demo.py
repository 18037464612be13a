"""The throw-away workshop says where everything is, and everything is there."""

import json
import re
import subprocess
from collections.abc import Iterator
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

import pytest
from click.testing import CliRunner

from facilitator.commands import demo
from tests.served import PROGRAM, environment


@pytest.fixture
def said(tmp_path) -> Iterator[dict[str, str]]:
    started = subprocess.Popen(
        [*PROGRAM, "demo", "--json", "--phones", "3", "--seconds", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(tmp_path),
    )
    try:
        yield json.loads(started.stdout.readline())
    finally:
        started.terminate()
        started.communicate(timeout=60)


def stranger() -> OpenerDirector:
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


def read(browser: OpenerDirector, address: str, **fields: str) -> str:
    with browser.open(address, urlencode(fields).encode() if fields else None, timeout=60) as answer:
        return answer.read().decode()


def test_every_address_it_names_leads_there(said) -> None:
    assert set(said) == {"facilitator_link", "join", "code", "screen", "desk", "guide", "results"}
    browser = stranger()
    assert "sn" in said["guide"]
    assert "<html" in read(browser, said["guide"])
    assert said["code"] in said["join"]
    assert "<html" in read(browser, said["join"])
    assert said["code"] in re.sub(r"\D", "", read(browser, said["screen"]))
    assert 'type="password"' in read(stranger(), f"{said['results']}.json")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', read(browser, said["facilitator_link"]))
    read(browser, said["facilitator_link"], csrf_token=token[1])
    told = json.loads(read(browser, f"{said['results']}.json"))
    (session,) = told["sessions"]
    counted = {question["rounds"][0]["ballots"] for question in session["questions"]}
    assert counted == {session["joined"]} != {0}


@pytest.mark.parametrize("given", [["--phones", "501"], ["--seconds", "0"], ["--seconds", "3601"]])
def test_more_than_a_room_is_refused(given) -> None:
    assert CliRunner().invoke(demo.command, given).exit_code == 2
