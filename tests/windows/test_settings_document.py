"""The settings file under the window: where values come from, what is locked, what is undone."""

from pathlib import Path

import pytest

from deskbreak.windows.settings.document import Document, RefusedError, differences, sentences
from deskbreak.windows.settings.pages import all_pages


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "config.toml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site.toml"


@pytest.fixture
def document(file: Path, site: Path) -> Document:
    file.parent.mkdir()
    return Document(file, [site], all_pages())


def test_every_layer_is_told(document: Document, file: Path, site: Path) -> None:
    site.write_text('[breaks]\nwalk = "6m"\nlong_walk = "12m"\n')
    file.write_text('preset = "hourly"\n[breaks]\nwalk = "7m"\n')
    now = document.look().now
    layers = {
        name: (now[f"breaks.{name}"].plain, now[f"breaks.{name}"].source, now[f"breaks.{name}"].own)
        for name in ("walk", "long_walk", "sit_limit", "settle")
    }
    assert layers == {
        "walk": ("7m", "yours", True),
        "long_walk": ("12m", f"from {site}", False),
        "sit_limit": ("50m", "from the preset Hourly five", False),
        "settle": ("30s", "built in", False),
    }
    assert (now["breaks.walk"].below, now["breaks.walk"].below_from) == ("6m", f"from {site}")
    assert (now["preset"].plain, now["preset"].below) == ("hourly", "balanced")


def test_the_file_and_its_folder_are_made_by_the_first_change(tmp_path: Path) -> None:
    file = tmp_path / "new" / "config.toml"
    document = Document(file, [], all_pages())
    before = document.signature()
    document.set("breaks.walk", "6m")
    assert file.read_text() == '[breaks]\nwalk = "6m"\n'
    assert document.signature() != before


def test_setting_what_is_set_is_no_change(document: Document, file: Path) -> None:
    file.write_text('[breaks]\nwalk = "6m"\n')
    document.set("breaks.walk", "6m")
    assert not document.can_undo


def test_undo_goes_back_step_by_step_to_the_letter(document: Document, file: Path) -> None:
    mine = '# mine\r\n[breaks]\r\nwalk = "6m"'
    file.write_bytes(mine.encode())
    document.set("breaks.walk", "8m")
    document.reset("breaks.walk")
    assert document.undo()
    assert document.look().now["breaks.walk"].plain == "8m"
    assert document.undo()
    assert file.read_bytes() == mine.encode()
    assert not document.undo()


def test_undo_does_not_touch_what_others_have_written(document: Document, file: Path) -> None:
    document.set("breaks.walk", "8m")
    file.write_text(file.read_text() + "# and a word\n")
    with pytest.raises(RefusedError, match="changed elsewhere"):
        document.undo()
    assert "# and a word" in file.read_text()
    assert not document.can_undo


def test_a_row_with_a_mistake_locks_the_whole_list(document: Document, file: Path) -> None:
    file.write_text('[[reminder]]\nname = "a"\nevery = "1h"\n[[reminder]]\nname = "b"\n')
    look = document.look()
    assert look.now["reminder"].locked
    assert look.now["reminder"].remarks == (
        'Line 4: reminder[2].every: found nothing, allowed: a duration such as "30m", 1s to 24h',
    )
    assert (look.readable, look.now["breaks.walk"].locked) == (True, False)


def test_a_table_that_is_none_locks_its_page(document: Document, file: Path) -> None:
    file.write_text("breaks = 3\n")
    look = document.look()
    assert look.now["breaks.walk"].locked
    assert not look.now["hold.calls"].locked
    assert len(look.mistakes) == 1


def test_a_mistake_of_the_site_locks_nothing_of_the_person(document: Document, site: Path) -> None:
    site.write_text("[breaks\n")
    look = document.look()
    assert look.readable
    assert look.mistakes[0].startswith(str(site))


def test_a_warning_is_told_beside_its_setting(document: Document, file: Path) -> None:
    file.write_text('[breaks]\nwalk = "5s"\n')
    look = document.look()
    assert look.now["breaks.walk"].remarks == (
        'Line 2: "5s" is very short; 1m or more is sensible',
    )
    assert look.oddities == ()


def test_what_presets_change_is_told_by_table(document: Document, file: Path) -> None:
    file.write_text('[breaks]\nsit_limit = "25m"\n')
    now = document.look().now
    said = {preset.id: sentences(differences(preset), now) for preset in document.presets}
    assert said["balanced"] == ()
    assert said["frequent"] == (
        "Breaks: ask me after 20 min (yours counts: 25 min), a walk takes 2 min.",
        "Standing desk: sit for 20 min, too long on your feet 20 min.",
        "Reminders: eyes.",
    )


def test_what_does_not_fit_is_not_written(document: Document, file: Path) -> None:
    with pytest.raises(RefusedError, match='found "45 x", allowed: a duration'):
        document.set("breaks.walk", "45 x")
    assert not file.exists()
