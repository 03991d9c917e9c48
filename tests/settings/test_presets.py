import re
import tomllib
from configparser import RawConfigParser
from pathlib import Path

import pytest

from deskbreak.settings.files import UnreadableError, shipped
from deskbreak.settings.load import list_presets, load_settings, preset_ids, read_preset
from deskbreak.settings.model import Settings
from deskbreak.struct import replace

CONFIG = shipped("config")
PRESETS = CONFIG / "presets"
IDS = preset_ids(PRESETS)

BANNED = re.compile(
    r"\b(weak\w*|damage|danger\w*|injur\w*|wrong|bad|fail\w*|must|fragile|harm\w*|fix|lazy|"
    r"should have)\b",
    re.IGNORECASE,
)


def preset(name: str) -> Settings:
    loaded = load_settings(None, preset_dir=PRESETS, overrides={"preset": name})
    assert loaded.problems == ()
    return loaded.settings


def test_the_presets_of_the_literature_are_there() -> None:
    assert IDS == [
        "balanced",
        "frequent",
        "gentle-start",
        "hourly",
        "sit-stand-20-8-2",
        "sit-stand-build-up",
        "walker",
    ]


@pytest.mark.parametrize("name", IDS)
def test_each_says_whom_it_suits_and_where_it_comes_from(name: str) -> None:
    found = read_preset(PRESETS / f"{name}.toml")
    assert found.layer.problems == ()
    assert found.name
    assert found.description.endswith(".")
    for source in found.sources:
        assert re.search(r"\b(19|20)\d\d\b|HSE|Cornell", source)
        study = source.split(",")[0].split(" (")[0]
        assert study.split()[0] in (PRESETS / f"{name}.toml").read_text().split("[preset]")[0]
    assert not BANNED.search(f"{found.name} {found.description}")


def test_the_default_preset_is_the_built_in_settings() -> None:
    assert preset("balanced") == Settings()


@pytest.mark.parametrize(
    ("name", "sit", "walk", "share"),
    [
        ("balanced", 30, 5, 0.5),
        ("hourly", 50, 5, 0.5),
        ("walker", 30, 5, 0.8),
        ("frequent", 20, 2, 0.5),
        ("sit-stand-20-8-2", 20, 2, 0.4),
        ("sit-stand-build-up", 30, 2, 0.4),
        ("gentle-start", 45, 5, 0.5),
    ],
)
def test_the_figures_of_each(name: str, sit: int, walk: int, share: float) -> None:
    breaks = preset(name).breaks
    assert (breaks.sit_limit / 60, breaks.walk / 60, breaks.walk_share) == (sit, walk, share)
    assert breaks.long_walk == 600


def test_the_standing_ones_switch_standing_on() -> None:
    on = {name: preset(name).standing for name in IDS if preset(name).standing.enabled}
    assert set(on) == {"sit-stand-20-8-2", "sit-stand-build-up"}
    assert (on["sit-stand-20-8-2"].sit_for, on["sit-stand-20-8-2"].stand_for) == (1200, 480)
    growing = on["sit-stand-build-up"]
    assert [growing.stand_for_after(days) / 60 for days in (0, 5, 20, 40)] == [10, 15, 30, 30]


def test_nobody_is_asked_to_stand_still_for_more_than_forty_minutes() -> None:
    for name in IDS:
        standing = preset(name).standing
        assert max(standing.stand_for, standing.warn_after) <= 40 * 60


def test_little_and_often_looks_into_the_distance() -> None:
    (eyes,) = preset("frequent").reminder
    assert (eyes.name, eyes.every, eyes.length) == ("eyes", 1200, 20)


def test_a_preset_is_checked_like_any_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[preset]\nname = "Mine"\nsource = []\n[breaks]\nwalk = true\nwolk = 1\n')
    found = read_preset(path)
    assert [(p.line, p.key, p.severity) for p in found.layer.problems] == [
        (1, "preset.description", "error"),
        (1, "preset.sources", "error"),
        (3, "preset.source", "warning"),
        (5, "breaks.walk", "error"),
        (6, "breaks.wolk", "warning"),
    ]


def test_a_preset_without_a_word_about_itself_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("preset = 1\n")
    (problem,) = read_preset(path).layer.problems
    assert str(problem) == (
        f"{path}:1: preset: found 1, allowed: a table with name, description, sources, "
        "modifier, longer"
    )


def test_a_broken_preset_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[")
    (tmp_path / "fine.toml").write_text((PRESETS / "walker.toml").read_text())
    (tmp_path / "notes.txt").write_text("")
    assert [found.id for found in list_presets(tmp_path)] == ["fine"]
    with pytest.raises(UnreadableError, match="not TOML here"):
        read_preset(tmp_path / "broken.toml")
    with pytest.raises(UnreadableError, match="no such preset file"):
        read_preset(tmp_path / "none.toml")
    assert list_presets(tmp_path / "nowhere") == []


GENTLE = (45 * 60, 15 * 60, "never")


@pytest.mark.parametrize(
    ("name", "sit"),
    [("balanced", 45), ("hourly", 60), ("walker", 45), ("frequent", 35), ("sit-stand-20-8-2", 35)],
)
def test_gentle_start_goes_on_top_of_any_preset(name: str, sit: int) -> None:
    plain, gentle = preset(name), preset(f"{name}+gentle-start")
    assert gentle.breaks.sit_limit / 60 == sit
    breaks = gentle.breaks
    assert (breaks.after_skip, breaks.repeat_every, breaks.escalate) == GENTLE
    assert gentle.routines.level == 1
    assert (breaks.walk, breaks.walk_share) == (plain.breaks.walk, plain.breaks.walk_share)
    assert gentle.standing == plain.standing
    assert gentle.preset == f"{name}+gentle-start"


def test_each_value_says_which_file_it_comes_from(tmp_path: Path) -> None:
    mine = tmp_path / "config.toml"
    mine.write_text('preset = "walker+gentle-start"\n[breaks]\nrepeat_every = "7m"\n')
    loaded = load_settings(mine, preset_dir=PRESETS)
    found = {key: Path(loaded.sources[f"breaks.{key}"]).name for key in ("walk", "sit_limit")}
    assert found == {"walk": "walker.toml", "sit_limit": "gentle-start.toml"}
    assert loaded.sources["breaks.repeat_every"] == str(mine)
    assert loaded.settings.breaks.repeat_every == 420


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("hourly+walker", "one preset, then perhaps +gentle-start"),
        ("gentle-start+hourly", "one preset, then perhaps +gentle-start"),
        ("hourly+gentel-start", '(perhaps "gentle-start")'),
    ],
)
def test_only_modifiers_go_on_top(name: str, allowed: str) -> None:
    loaded = load_settings(None, preset_dir=PRESETS, overrides={"preset": name})
    (problem,) = loaded.problems
    assert allowed in str(problem)
    assert loaded.settings == Settings()


def test_a_limit_that_is_longer_than_an_hour_stays(tmp_path: Path) -> None:
    about = 'name = "A"\ndescription = "b"\nsources = ["c"]\n'
    (tmp_path / "long.toml").write_text(f'[preset]\n{about}[breaks]\nsit_limit = "2h"\n')
    (tmp_path / "more.toml").write_text(f'[preset]\n{about}modifier = true\nlonger = "15m"\n')
    loaded = load_settings(None, preset_dir=tmp_path, overrides={"preset": "long+more"})
    assert (loaded.problems, loaded.settings.breaks.sit_limit) == ((), 7200)


@pytest.mark.parametrize(
    ("name", "command"),
    [("deskbreak.desktop", "deskbreak open"), ("autostart.desktop", "deskbreak run")],
)
def test_the_desktop_files_start_the_program(name: str, command: str) -> None:
    entry = RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string((CONFIG / name).read_text())
    assert entry.sections() == ["Desktop Entry"]
    keys = entry["Desktop Entry"]
    assert (keys["Type"], keys["Exec"], keys["Icon"]) == (
        "Application",
        command,
        "deskbreak",
    )
    assert keys["Terminal"] == "false"
    assert not BANNED.search(keys["Comment"])


def test_no_sentence_of_a_setting_has_a_word_that_frightens() -> None:
    text = (CONFIG / "default.toml").read_text()
    assert not BANNED.search(text.replace("allowed: never", ""))


def test_shipped_folders_are_found_and_others_are_said() -> None:
    assert tomllib.loads((CONFIG / "default.toml").read_text()) is not None
    with pytest.raises(FileNotFoundError, match="nonsense is not part"):
        shipped("nonsense")


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        Settings().breaks.sit_limit = 1  # type: ignore[misc,assignment]
    assert replace(Settings(), preset="x").preset == "x"
