"""`deskbreak routines`: listing, showing, playing, checking and adding."""

import json
import os
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from deskbreak.cli.routines import with_others
from tests.cli.typed import COMMAND, Machine, typed
from tests.content.builtin import EXERCISE, ROUTINE, builtin

Capsys = pytest.CaptureFixture[str]
MINE = f"schema = 1\n\n{EXERCISE}\n{ROUTINE}"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.toml"
    file.write_text(MINE)
    return file


@pytest.mark.usefixtures("here")
def test_the_list_is_what_routines_alone_prints(capsys: Capsys) -> None:
    listed = typed(capsys, "routines", "list")
    assert (listed.code, listed.err) == (0, "")
    assert typed(capsys, "routines").out == listed.out
    assert {line.split()[0] for line in listed.out.splitlines()} == set(builtin().routines)


@pytest.mark.usefixtures("here")
def test_the_list_for_one_area(capsys: Capsys) -> None:
    document = json.loads(typed(capsys, "routines", "list", "--area", "hips", "--json").out)
    assert document["version"] == 1
    assert {routine["focus"] for routine in document["routines"]} == {"hips"}
    ran = typed(capsys, "routines", "list", "--area", "toes")
    assert ran.code == 2
    assert "allowed: hips" in ran.err


@pytest.mark.usefixtures("here")
def test_show_explains_a_routine_and_an_exercise(capsys: Capsys) -> None:
    routine = builtin().routines["desk-hips"]
    out = typed(capsys, "routines", "show", "desk-hips").out
    assert out.startswith(f"{routine.name}: {routine.tagline}\n")
    for step in routine.steps:
        assert step.exercise.cue in out
    exercise = routine.steps[0].exercise
    assert exercise.easier in typed(capsys, "routines", "show", exercise.id).out


@pytest.mark.usefixtures("here")
def test_show_as_json(capsys: Capsys) -> None:
    routine = json.loads(typed(capsys, "routines", "show", "desk-hips", "--json").out)["routine"]
    assert (routine["id"], routine["own"]) == ("desk-hips", False)
    ident = routine["steps"][0]["exercise"]
    exercise = json.loads(typed(capsys, "routines", "show", ident, "--json").out)["exercise"]
    assert exercise["id"] == ident
    assert exercise["steps"]


@pytest.mark.parametrize("command", ["show", "play"])
@pytest.mark.parametrize(
    ("ident", "hint"),
    [("desk-hps", "perhaps desk-hips."), ("xyzzy", "`deskbreak routines list` shows them all.")],
)
@pytest.mark.usefixtures("here")
def test_a_slip_in_the_id_is_near_missed(
    capsys: Capsys, command: str, ident: str, hint: str
) -> None:
    ran = typed(capsys, "routines", command, ident)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"deskbreak: there is no routine or exercise {ident!r}; {hint}\n"


def test_play_names_the_steps_where_nobody_looks_on(here: Machine) -> None:
    process = subprocess.Popen(
        [*COMMAND, "routines", "play", "desk-hips", "--terminal"],
        env=here.env | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == f"{builtin().routines['desk-hips'].name}\n"
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_play_without_windows_uses_the_terminal_and_says_why(here: Machine) -> None:
    process = subprocess.Popen(
        [*COMMAND, "routines", "play", "desk-hips"],
        env=here.env | {"PYTHONUNBUFFERED": "1", "DISPLAY": ":987"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == f"{builtin().routines['desk-hips'].name}\n"
    process.terminate()
    _, errors = process.communicate(timeout=60)
    assert errors.endswith("; this terminal will do.\n")


@pytest.mark.parametrize(("reason", "quiet"), [("call", True), ("fullscreen", False)])
def test_play_is_quiet_while_the_daemon_knows_of_a_call(
    here: Machine, reason: str, quiet: bool
) -> None:
    assert not with_others()
    path = Path(here.env["XDG_RUNTIME_DIR"]) / "deskbreak" / "control.sock"
    path.parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX) as daemon:
        daemon.bind(str(path))
        daemon.listen()
        answering = threading.Thread(target=answer, args=(daemon, reason))
        answering.start()
        assert with_others() is quiet
        answering.join()


def answer(daemon: socket.socket, reason: str) -> None:
    """Say once what holds prompts back."""
    line, _ = daemon.accept()
    with line:
        assert json.loads(line.recv(1000)) == {"do": "status"}
        said = {"ok": True, "status": {"holds": [{"reason": reason}]}}
        line.sendall(json.dumps(said).encode() + b"\n")


@pytest.mark.usefixtures("here")
def test_export_draws_a_page(
    capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert typed(capsys, "routines", "export", "desk-hips").out == "Written to desk-hips.svg.\n"
    assert (tmp_path / "desk-hips.svg").read_text().startswith("<svg")
    ran = typed(capsys, "routines", "export", "desk-hips", "dark.svg", "--dark")
    assert ran.code == 0
    assert (tmp_path / "dark.svg").read_text() != (tmp_path / "desk-hips.svg").read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["desk-hips", "hips.jpeg"], 2, "has none of the endings .svg"),
        (["desk-hips", "nowhere/hips.svg"], 1, "could not be written"),
        (["desk-hps"], 2, "perhaps desk-hips."),
    ],
)
@pytest.mark.usefixtures("here")
def test_export_says_what_is_in_the_way(
    capsys: Capsys,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = typed(capsys, "routines", "export", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


@pytest.mark.usefixtures("here")
def test_check_says_what_can_be_used(capsys: Capsys, mine: Path) -> None:
    ran = typed(capsys, "routines", "check", str(mine))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Everything can be used (exercises: 1, routines: 1).\n"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("schema = 1", "schema = 2", ":1: schema:"),
        ('focus = "ankles"', 'focus = "toes"', ": routine my-toes: focus:"),
        ('exercise = "toe_wiggle"', 'exercise = "toe_wigle"', "perhaps toe_wiggle"),
        ("[[routine]]", "[[routine]", "found no TOML"),
        ('id = "toe_wiggle"', 'id = "seated_pelvic_tilt"', "another id, since"),
    ],
)
@pytest.mark.usefixtures("here")
def test_check_and_add_name_each_mistake_and_add_nothing(
    capsys: Capsys, mine: Path, here: Machine, old: str, new: str, key: str
) -> None:
    mine.write_text(MINE.replace(old, new, 1))
    for command in ("check", "add"):
        ran = typed(capsys, "routines", command, str(mine))
        assert (ran.code, ran.out) == (2, "")
        assert all(line.startswith(str(mine)) for line in ran.err.splitlines())
        assert key in ran.err
    assert not here.place("XDG_CONFIG_HOME", "microroutines").exists()


@pytest.mark.usefixtures("here")
def test_check_looks_into_folders_of_poses(capsys: Capsys, mine: Path) -> None:
    poses = mine.parent / "poses"
    poses.mkdir()
    text = '[pose.a]\nfrom = "standing"\n[[key]]\npose = "a"\n[[key]]\npose = "a"\n'
    (poses / "toe_wiggle.toml").write_text(text)
    assert typed(capsys, "routines", "check", str(mine.parent)).code == 0
    (poses / "toe_wiggle.toml").write_text(text.replace("standing", "flying"))
    for what in ([mine.parent], [mine, poses], [mine, poses / "toe_wiggle.toml"]):
        ran = typed(capsys, "routines", "check", *map(str, what))
        assert (ran.code, ran.out) == (2, "")
        said = "pose.a: from: found no pose 'flying', allowed: "
        assert ran.err.startswith(f"{poses / 'toe_wiggle.toml'}:2: {said}")


@pytest.mark.usefixtures("here")
def test_check_says_that_a_picture_of_the_drafts_is_not_drawn(capsys: Capsys, mine: Path) -> None:
    table = '[exercise.pose]\nview = "side"\n'
    mine.write_text(MINE.replace("\n[[routine]]", f"\n{table}\n[[routine]]"))
    ran = typed(capsys, "routines", "check", str(mine))
    line = mine.read_text().splitlines().index("[exercise.pose]") + 1
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"{mine}:{line}: exercise toe_wiggle: pose: found a picture that is not drawn, "
        "allowed: no such table, but a file poses/toe_wiggle.toml beside this one\n"
    )


@pytest.mark.usefixtures("here")
def test_check_of_what_is_not_there_and_of_what_is_no_text(capsys: Capsys, tmp_path: Path) -> None:
    ran = typed(capsys, "routines", "check", str(tmp_path / "none.toml"))
    assert (ran.code, ran.err) == (2, f"deskbreak: there is no file {tmp_path / 'none.toml'}.\n")
    junk = tmp_path / "junk.toml"
    junk.write_bytes(os.urandom(64) + b"\xff")
    assert typed(capsys, "routines", "check", str(junk)).code == 2


def test_add_puts_it_where_it_is_found(capsys: Capsys, mine: Path, here: Machine) -> None:
    target = here.place("XDG_CONFIG_HOME", "microroutines", "mine.toml")
    assert typed(capsys, "routines", "add", str(mine)).out == f"Added as {target}.\n"
    assert target.read_text() == MINE
    assert "my-toes" in typed(capsys, "routines", "list").out
    assert "(yours)" in typed(capsys, "routines", "list", "--area", "ankles").out


def test_added_twice_is_there_already(capsys: Capsys, mine: Path, here: Machine) -> None:
    typed(capsys, "routines", "add", str(mine))
    target = here.place("XDG_CONFIG_HOME", "microroutines", "mine.toml")
    assert typed(capsys, "routines", "add", str(mine)).out == f"{target} is there already.\n"
    assert typed(capsys, "routines", "check", str(target)).code == 0


def test_add_never_overwrites_another_file(capsys: Capsys, mine: Path, here: Machine) -> None:
    target = here.place("XDG_CONFIG_HOME", "microroutines", "mine.toml")
    target.parent.mkdir(parents=True)
    target.write_text("schema = 1\n")
    ran = typed(capsys, "routines", "add", str(mine))
    assert ran.code == 2
    assert "exists and says something else" in ran.err
    assert target.read_text() == "schema = 1\n"


@pytest.mark.parametrize("name", ["mine.txt", ".mine.toml"])
@pytest.mark.usefixtures("here")
def test_add_takes_only_names_that_would_be_read(capsys: Capsys, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MINE)
    ran = typed(capsys, "routines", "add", str(tmp_path / name))
    assert (ran.code, ran.out) == (2, "")
    assert "allowed: a name such as mine.toml" in ran.err
