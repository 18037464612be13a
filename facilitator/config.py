"""Where an installation keeps its data, and the settings it starts with."""

import os
import secrets
import stat
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from facilitator.refusals import SecretExposed, SecretRefused

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = Path(__file__).resolve().parent
PLACEHOLDERS = ("change", "secret", "password", "placeholder", "example", "default")
SECRET_LENGTH = 32
FEW_SIGNS = 8  # a secret drawn at random has more different ones
MEBIBYTE = 1024 * 1024


def in_checkout() -> bool:
    """Tell whether the program runs from a checkout rather than from an installed wheel."""
    return (CHECKOUT / "pyproject.toml").exists() and (CHECKOUT / "templates").is_dir()


def beside(name: str) -> Path:
    """Find a folder that lies beside the package in a checkout and inside it in a wheel."""
    return (CHECKOUT if in_checkout() else PACKAGE) / name


def data_folder() -> Path:
    """Choose the folder of the database and the secret: environment, then checkout, then the user's own."""
    if named := os.environ.get("FACILITATOR_DATA"):
        return Path(named).expanduser().resolve()
    return CHECKOUT / "instance" if in_checkout() else user_data_path("facilitator")


def secret(folder: Path) -> str:
    """Read the installation's secret, made on the first start and readable by its owner alone."""
    given = os.environ.get("FACILITATOR_SECRET")
    if given is None:
        given = _kept_secret(folder / "secret")
    given = given.strip()
    placeholder = len(set(given)) < FEW_SIGNS or any(word in given.lower() for word in PLACEHOLDERS)
    if placeholder or len(given) < SECRET_LENGTH:
        raise SecretRefused
    return given


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise SecretExposed(path=str(path)) from None
        return path.read_text(encoding="utf-8")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        made = secrets.token_urlsafe(SECRET_LENGTH)
        file.write(made)
    return made


def database_url(folder: Path) -> str:
    """Name the database: the environment's, or a file in the data folder."""
    url = os.environ.get("FACILITATOR_DATABASE_URL") or f"sqlite:///{folder / 'facilitator.db'}"
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def settings(**given: Any) -> dict[str, Any]:
    """Gather the settings of an app; what is given wins over what is found."""
    folder = Path(given.get("DATA") or data_folder())
    folder.mkdir(parents=True, exist_ok=True)
    base = given.get("BASE_URL") or os.environ.get("FACILITATOR_BASE_URL", "")
    found = {
        "DATA": folder,
        "SECRET_KEY": given.get("SECRET_KEY") or secret(folder),
        "DATABASE_URL": given.get("DATABASE_URL") or database_url(folder),
        "BASE_URL": base.rstrip("/"),
        "SESSION_COOKIE_NAME": "desk",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": base.startswith("https:"),
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 14 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "MAX_CONTENT_LENGTH": MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": MEBIBYTE,
        "MAX_FORM_PARTS": 2000,
        "BABEL_TRANSLATION_DIRECTORIES": str(beside("translations")),
        "BABEL_DEFAULT_LOCALE": "en",
        "SEND_FILE_MAX_AGE_DEFAULT": 0,
        "RATELIMIT_STORAGE_URI": "memory://",
    }
    return found | given | {"DATA": folder}
