"""How tests fill in the desk's forms: with the token that the page itself gave."""

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def soup(response: TestResponse) -> BeautifulSoup:
    """Read an answer as a page."""
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def token(browser: FlaskClient, page: str = "/sign-in") -> str:
    """Take the forgery token from a page."""
    return soup(browser.get(page, follow_redirects=True)).find("input", attrs={"name": "csrf_token"})["value"]


def send(browser: FlaskClient, address: str, **answers: object) -> TestResponse:
    """Post answers to an address of the desk as its own form would; underscores stand for dashes."""
    data = {name.replace("_", "-"): value for name, value in answers.items()}
    plain = {"starts-on": "starts_on", "ends-on": "ends_on"}
    data = {plain.get(name, name): value for name, value in data.items()}
    return browser.post(address, data=data | {"csrf_token": token(browser)})


def errors(response: TestResponse) -> dict[str, str]:
    """List what a refused form says at its fields."""
    found = soup(response).select("p.error")
    return {tag["id"].removesuffix("-error"): tag.get_text(" ", strip=True) for tag in found}


def words(response: TestResponse) -> str:
    """Give the words of a page's main part."""
    return " ".join(soup(response).find("main").get_text(" ").split())
