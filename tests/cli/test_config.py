"""`deskbreak config`: every command of it, in a home of its own."""

import json
import re
import sys
from pathlib import Path

import pytest

from deskbreak.settings.files import shipped
from deskbreak.settings.keys import all_keys
from tests.cli.typed import Machine, Ran, typed

Capsys = pytest.CaptureFixture[str]


def sets(capsys: Capsys, key: str, value: str) -> Ran:
    return typed(capsys, "config", "set", key, value)


def test_path_is_the_persons_own_file(here: Machine, capsys: Capsys) -> None:
    assert typed(capsys, "config", "path").out == f"{here.config}\n"
    assert not here.config.exists()


def test_show_says_what_is_set_and_where(here: Machine, capsys: Capsys) -> None:
    assert typed(capsys, "config", "show").out.startswith("Everything is at its default")
    sets(capsys, "breaks.sit_limit", "45m")
    assert typed(capsys, "config", "show").out == f'breaks.sit_limit = "45m"  # {here.config}\n'


def test_show_all_lists_every_key(here: Machine, capsys: Capsys) -> None:
    lines = typed(capsys, "config", "show", "--all").out.splitlines()
    assert [line.split(" = ")[0] for line in lines] == [key.path for key in all_keys()]
    assert 'breaks.sit_limit = "30m"  # default' in lines


def test_show_as_json_has_values_that_json_knows(here: Machine, capsys: Capsys) -> None:
    sets(capsys, "hooks.prompt", '["notify", "me"]')
    document = json.loads(typed(capsys, "config", "show", "--json").out)
    assert document["version"] == 1
    assert document["settings"]["breaks.snooze"] == {
        "value": ["5m", "10m", "15m"],
        "from": "default",
    }
    assert document["settings"]["hooks"]["value"] == {"prompt": ["notify", "me"]}
    assert document["settings"]["hooks"]["from"] == str(here.config)


@pytest.mark.parametrize(
    "words", [["get", "breaks.sit_limit"], ["show"], ["show", "--json"], ["presets"]]
)
@pytest.mark.parametrize("text", ['[breaks]\nsit_limit = "soon"\n', "[breaks"])
def test_what_is_not_in_force_is_never_given_as_an_answer(
    here: Machine, capsys: Capsys, words: list[str], text: str
) -> None:
    here.sets(text)
    ran = typed(capsys, "config", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {here.config}:")
    assert ran.err.endswith("until that is put right, the settings before it stay in force.\n")


def test_the_mark_of_an_editor_survives_no_change_and_hinders_none(
    here: Machine, capsys: Capsys
) -> None:
    here.config.parent.mkdir(parents=True, exist_ok=True)
    here.config.write_bytes(b'\xef\xbb\xbf# mine\n[breaks]\nsit_limit = "40m"\n')
    assert typed(capsys, "config", "get", "breaks.sit_limit").out == "40m\n"
    assert sets(capsys, "breaks.sit_limit", "45m").code == 0
    assert here.config.read_bytes() == b'# mine\n[breaks]\nsit_limit = "45m"\n'


def test_the_sites_settings_are_below_the_persons_own(here: Machine, capsys: Capsys) -> None:
    site = here.home / "site" / "deskbreak" / "config.toml"
    site.parent.mkdir(parents=True)
    site.write_text('[breaks]\nsit_limit = "20m"\nwalk = "3m"\n')
    sets(capsys, "breaks.sit_limit", "45m")
    assert typed(capsys, "config", "get", "breaks.sit_limit").out == "45m\n"
    assert typed(capsys, "config", "get", "breaks.walk").out == "3m\n"
    assert f'breaks.walk = "3m"  # {site}' in typed(capsys, "config", "show").out


@pytest.mark.parametrize("key", [key for key in all_keys() if key.path != "reminder"])
@pytest.mark.usefixtures("here")
def test_what_get_prints_set_takes(capsys: Capsys, key: object) -> None:
    path = str(getattr(key, "path", ""))
    printed = typed(capsys, "config", "get", path).out.rstrip("\n")
    done = sets(capsys, path, printed)
    assert (done.code, done.err) == (0, "")
    assert typed(capsys, "config", "get", path).out.rstrip("\n") == printed


def test_set_says_what_is_true_now_and_keeps_every_comment(here: Machine, capsys: Capsys) -> None:
    here.sets('# mine\n[breaks]\nsit_limit = "40m"  # a compromise\nfuture_key = 1\n')
    assert sets(capsys, "breaks.walk", "6m").out == 'breaks.walk = "6m"\n'
    assert here.config.read_text() == (
        '# mine\n[breaks]\nsit_limit = "40m"  # a compromise\nfuture_key = 1\nwalk = "6m"\n'
    )


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        (
            "breaks.sitlimit",
            "30m",
            'there is no setting "breaks.sitlimit"; perhaps "breaks.sit_limit"',
        ),
        ("breaks.sit_limit", "soon", 'found "soon", allowed: a duration such as "30m", 1s to 24h'),
        ("breaks.sit_limit", "3d", "1s to 24h"),
        ("breaks.walk_share", "2", "allowed: a number, 0 to 1"),
        ("hold.calls", "perhaps", "allowed: true or false"),
        ("breaks.escalate", "loud", "overlay"),
        ("breaks.snooze", "", "allowed:"),
    ],
)
def test_set_refuses_what_cannot_be_and_changes_nothing(
    here: Machine, capsys: Capsys, key: str, value: str, reason: str
) -> None:
    ran = sets(capsys, key, value)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err
    assert not here.config.exists()


def test_set_and_reset_leave_a_file_alone_that_is_no_toml(here: Machine, capsys: Capsys) -> None:
    here.sets("[breaks\n")
    for words in (("set", "breaks.walk", "6m"), ("reset", "breaks.walk")):
        ran = typed(capsys, "config", *words)
        assert ran.code == 1
        assert f"{here.config}:1: not TOML here" in ran.err
    assert here.config.read_text() == "[breaks\n"


def test_a_mistake_elsewhere_keeps_nobody_from_mending_one_key(
    here: Machine, capsys: Capsys
) -> None:
    here.sets('[breaks]\nsit_limit = "soon"\nwalk = "far"\n')
    assert sets(capsys, "breaks.sit_limit", "30m").code == 0
    assert typed(capsys, "config", "check").code == 2
    assert typed(capsys, "config", "reset", "breaks.walk").out == 'breaks.walk = "5m"\n'
    assert typed(capsys, "config", "check").out == "The settings are fine.\n"


def test_reset_of_a_key_without_a_default_says_that_it_is_not_set(
    capsys: Capsys, here: Machine
) -> None:
    sets(capsys, "hooks.prompt", '["true"]')
    assert typed(capsys, "config", "reset", "hooks.prompt").out == "hooks.prompt is not set.\n"
    assert typed(capsys, "config", "get", "hooks.prompt").out == "\n"


MISTAKES = [
    ("syntax", "[breaks]\nwalk = \n", ":2: not TOML here: Invalid value"),
    (
        "unknown table",
        "[braeks]\n",
        '1: braeks: unknown key, left out; the nearest known is "breaks"',
    ),
    (
        "unknown key",
        "[breaks]\nsitlimit = 1\n",
        ":2: breaks.sitlimit: unknown key, left out; the nearest",
    ),
    (
        "type",
        "[breaks]\nwalk = true\n",
        ":2: breaks.walk: found true, allowed: a duration",
    ),
    ("range", '[breaks]\nwalk = "3h"\n', ':2: breaks.walk: found "3h", allowed:'),
    ("word", '[breaks]\nescalate = "loud"\n', ':2: breaks.escalate: found "loud", allowed:'),
    ("list", '[hold]\napps = ["a", "a"]\n', ":2: hold.apps[2]: found"),
    ("duplicate key", '[breaks]\nwalk = "1m"\nwalk = "2m"\n', "not TOML here"),
    ("duplicate name", '[[reminder]]\nname = "x"\nevery = "1h"\n' * 2, ":5: reminder[2].name"),
    ("missing", '[[reminder]]\nname = "x"\n', "reminder[1].every"),
    ("time", '[schedule]\nmeals = ["25:00"]\n', ":2: schedule.meals[1]: found"),
    ("preset", 'preset = "wlaker"\n', ':1: preset: found "wlaker", allowed:'),
]


@pytest.mark.parametrize(("text", "named"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_check_names_file_line_and_key_of_every_kind_of_mistake(
    here: Machine, capsys: Capsys, text: str, named: str
) -> None:
    here.sets(text)
    ran = typed(capsys, "config", "check")
    warns = "unknown" in named
    assert ran.code == (0 if warns else 2)
    assert ran.err.startswith(f"{'warning' if warns else 'error'}: {here.config}")
    assert named in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("content", "named"),
    [(b"\xff\xfe\x00", "UTF-16 text"), (b"walk = '\x80'", "the byte 0x80"),
     (b"#" * 200_000, "up to 128 KiB")],
    ids=["utf-16", "latin-1", "huge"],
)  # fmt: skip
def test_check_of_a_file_that_is_no_text(
    here: Machine, capsys: Capsys, content: bytes, named: str
) -> None:
    file = here.home / "other.toml"
    file.write_bytes(content)
    ran = typed(capsys, "config", "check", str(file))
    assert ran.code == 2
    assert named in ran.err


def test_check_of_a_folder_and_of_nothing(here: Machine, capsys: Capsys) -> None:
    assert typed(capsys, "config", "check", str(here.home)).code == 2
    ran = typed(capsys, "config", "check", str(here.home / "none.toml"))
    assert (ran.code, ran.err) == (2, f"deskbreak: there is no file {here.home / 'none.toml'}.\n")


def test_check_warns_below_sensible_bounds_and_lets_it_pass(here: Machine, capsys: Capsys) -> None:
    here.sets('[breaks]\nsit_limit = "10s"\n')
    ran = typed(capsys, "config", "check")
    assert (ran.code, ran.out) == (0, "The settings can be used.\n")
    assert ran.err.startswith(f"warning: {here.config}:2: breaks.sit_limit:")


def test_the_shipped_files_pass_the_check(here: Machine, capsys: Capsys) -> None:
    ran = typed(capsys, "config", "check", str(shipped("config") / "default.toml"))
    assert (ran.code, ran.out, ran.err) == (0, "The settings are fine.\n", "")


def test_edit_begins_with_the_commented_defaults_and_checks_the_result(
    here: Machine, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    ran = typed(capsys, "config", "edit")
    assert (ran.code, ran.err) == (0, "")
    assert here.config.read_text() == (shipped("config") / "default.toml").read_text()
    assert "# sit_limit" in here.config.read_text().replace("#sit_limit", "# sit_limit")


def test_edit_reports_what_the_editor_left_behind(
    here: Machine, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = f"{sys.executable} -c \"import sys; open(sys.argv[1], 'w').write('preset = 1')\""
    monkeypatch.setenv("VISUAL", editor)
    ran = typed(capsys, "config", "edit")
    assert ran.code == 2
    assert f"error: {here.config}:1: preset: found 1" in ran.err
    assert "the settings before it stay in force" in ran.err


@pytest.mark.parametrize(
    ("editor", "code", "said"),
    [("no-such-editor", 1, "no-such-editor did not start"), ("'vi", 2, "a quote in it has no end")],
)
@pytest.mark.usefixtures("here")
def test_edit_without_an_editor_says_what_to_do(
    capsys: Capsys, monkeypatch: pytest.MonkeyPatch, editor: str, code: int, said: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    ran = typed(capsys, "config", "edit")
    assert ran.code == code
    assert said in ran.err


@pytest.mark.usefixtures("here")
def test_schema_is_a_json_schema(capsys: Capsys) -> None:
    document = json.loads(typed(capsys, "config", "schema").out)
    assert "breaks" in document["properties"]


@pytest.mark.usefixtures("here")
def test_presets_are_listed_with_their_sources_and_the_chosen_one_is_marked(capsys: Capsys) -> None:
    assert typed(capsys, "config", "use", "walker").out == "The preset is walker now.\n"
    out = typed(capsys, "config", "presets").out
    assert "* walker:" in out
    assert "  balanced:" in out
    document = json.loads(typed(capsys, "config", "presets", "--json").out)
    assert document["preset"] == "walker"
    assert all(preset["sources"] for preset in document["presets"])


@pytest.mark.usefixtures("here")
def test_a_modifier_goes_on_top_of_a_preset(capsys: Capsys) -> None:
    ran = typed(capsys, "config", "use", "hourly+gentle-start")
    assert ran.out == "The preset is hourly+gentle-start now.\n"
    out = typed(capsys, "config", "presets").out
    assert [line.split(":")[0] for line in out.splitlines() if line.startswith("*")] == [
        "* +gentle-start", "* hourly",
    ]  # fmt: skip
    shown = typed(capsys, "config", "show").out
    assert re.search(r'^breaks.sit_limit = "1h"  # .*gentle-start.toml$', shown, re.MULTILINE)
    assert typed(capsys, "config", "use", "hourly+walker").code == 2


@pytest.mark.usefixtures("here")
def test_a_preset_that_there_is_not_is_near_missed(capsys: Capsys) -> None:
    ran = typed(capsys, "config", "use", "wolker")
    assert ran.code == 2
    assert '(perhaps "walker")' in ran.err


def test_a_file_that_cannot_be_written_is_said_and_stays(
    here: Machine, capsys: Capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(blocked))
    ran = sets(capsys, "breaks.walk", "6m")
    assert ran.code == 1
    assert "Not a directory" in ran.err
    assert blocked.read_text() == "a file where a folder should be"
