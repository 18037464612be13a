"""The foreign files in the front end are the ones that were chosen, whole and licensed."""

import json

import pytest

from tools import vendor


def test_every_vendored_file_is_the_one_that_was_brought() -> None:
    assert vendor.faults() == []


@pytest.mark.parametrize("name", json.loads(vendor.LIST.read_text()))
def test_every_package_is_pinned_and_carries_its_licence(name: str) -> None:
    entry = json.loads(vendor.LIST.read_text())[name]
    assert entry["package_integrity"].startswith("sha512-")
    assert "LICENSE" in entry["integrity"]
    assert entry["licence"]


def test_a_changed_a_missing_and_an_unknown_file_are_found(tmp_path, monkeypatch) -> None:
    listed = {
        "thing": {"version": "1", "integrity": {"a.js": vendor.sha256(b"a"), "b.js": vendor.sha256(b"b")}}
    }
    folder = tmp_path / "thing-1"
    folder.mkdir()
    (folder / "a.js").write_bytes(b"tampered")
    (folder / "c.js").write_bytes(b"c")
    (tmp_path / "vendor.json").write_text(json.dumps(listed))
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr(vendor, "VENDOR", tmp_path)
    monkeypatch.setattr(vendor, "LIST", tmp_path / "vendor.json")

    assert vendor.faults()[:2] == [
        "thing-1/a.js is not the file that was vendored",
        "thing-1/b.js is missing",
    ]
    assert "thing-1/c.js is not in vendor.json" in vendor.faults()
