"""Loading: every kind of mistake is named with its place, and costs nothing but itself."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.content.load import LARGEST_FILE, load_catalogue
from deskbreak.content.model import Origin, Place
from tests.content.builtin import EXERCISE, FOLDER, ROUTINE, builtin, own
from tests.thorough import examples

MINE = f"schema = 1\n\n{EXERCISE}\n{ROUTINE}"


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_own_files_load_beside_the_built_in_ones(tmp_path: Path) -> None:
    loaded = own(tmp_path, MINE)
    assert loaded.problems == ()
    exercise = loaded.catalogue.exercises["toe_wiggle"]
    assert (exercise.own, exercise.origin, exercise.also_standing) == (True, Origin.OWN, False)
    routine = loaded.catalogue.routines["my-toes"]
    assert (routine.own, routine.total_s) == (True, 5 + 20 + 5 + 20)
    assert routine.places == (Place.DESK,)
    assert len(loaded.catalogue.routines) == 47


def test_a_folder_of_ones_own_need_not_exist(tmp_path: Path) -> None:
    loaded = load_catalogue([FOLDER, tmp_path / "none"])
    assert loaded.problems == ()


def test_a_missing_built_in_folder_is_a_problem(tmp_path: Path) -> None:
    loaded = load_catalogue([tmp_path / "none"])
    assert [str(problem) for problem in loaded.problems] == [
        f"{tmp_path / 'none'}: found nothing, allowed: the folder of the catalogue"
    ]
    assert not loaded.catalogue.routines


def test_a_single_file_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(MINE)
    loaded = load_catalogue([FOLDER, tmp_path / "one.toml"])
    assert loaded.problems == ()
    assert "my-toes" in loaded.catalogue.routines


def test_folders_inside_are_read_but_no_hidden_files_and_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "deep" / "mine.toml").write_text(MINE)
    (tmp_path / ".git" / "mine.toml").write_text("broken [")
    (tmp_path / "poses").mkdir()
    (tmp_path / "poses" / "toe_wiggle.toml").write_text("broken [")
    (tmp_path / ".mine.toml").write_text("broken [")
    (tmp_path / "notes.txt").write_text("broken [")
    loaded = load_catalogue([FOLDER, tmp_path])
    assert loaded.problems == ()
    assert "my-toes" in loaded.catalogue.routines


Case = tuple[str, str, str, str, str]
"""What is replaced, by what, the key of the problem, what is found and what is allowed."""

EXERCISE_MISTAKES = [
    ('id = "toe_wiggle"', 'id = "Toe Wiggle"', "id", "'Toe Wiggle'", "lower-case"),
    ('id = "toe_wiggle"', "", "id", "nothing", "lower-case"),
    ('name = "Toe wiggle"', 'name = ""', "name", "''", "printable"),
    ('name = "Toe wiggle"', 'name = "a\\u001b[31mb"', "name", "\\x1b", "printable"),
    ('name = "Toe wiggle"', "name = 7", "name", "7", "printable"),
    ('areas = ["ankles"]', "areas = []", "areas", "[]", "a list of: hips"),
    ('areas = ["ankles"]', 'areas = ["toes"]', "areas[1]", "'toes'", "ankles"),
    ('areas = ["ankles"]', 'areas = ["core", "core"]', "areas", "core", "once"),
    ('areas = ["ankles"]', 'areas = "ankles"', "areas", "'ankles'", "a list of"),
    ('kind = "mobility"', 'kind = "dance"', "kind", "'dance'", "stretch, mobility"),
    ('kind = "mobility"', 'kind = "stretch"', "mode", "'dynamic'", "static"),
    ('kind = "mobility"', 'kind = "walk"', "tempo", "'1-0-1'", "nothing"),
    ('mode = "dynamic"', 'mode = "static"', "hold_s", "nothing", "a value"),
    ('mode = "dynamic"', "mode = []", "mode", "[]", "static, dynamic"),
    ('position = "seated"', 'position = "sitting"', "position", "'sitting'", "seated"),
    ('place = "desk"', 'place = "gym"', "place", "'gym'", "desk, standing"),
    ('equipment = ["chair"]', 'equipment = ["barbell"]', "equipment[1]", "barbell", "handrail"),
    ("level = 1", "level = 4", "level", "4", "1 to 3"),
    ("level = 1", "level = true", "level", "True", "1 to 3"),
    ("level = 1", "level = 1.0", "level", "1.0", "1 to 3"),
    ('phase = "align"', 'phase = "warm-up"', "phase", "'warm-up'", "align"),
    ('sides = "both"', 'sides = "left"', "sides", "'left'", "both, each"),
    ('  "Lift the toes.",\n', "", "steps", "Feet flat.", "3 to 4"),
    ('"Let them down."', "7", "steps[3]", "7", "printable"),
    ('cue = "Slowly."', 'cue = "' + "x" * 301 + '"', "cue", "xxx", "300"),
    ("avoid_if = []", "", "avoid_if", "nothing", "knee"),
    ("loads = []", 'loads = ["toes"]', "loads[1]", "'toes'", "ankles"),
    ("reps = 5", "reps = 0", "reps", "0", "1 to 60"),
    ("reps = 5", "", "reps", "nothing", "a value"),
    ('tempo = "1-0-1"', 'tempo = "1-1"', "tempo", "'1-1'", "2-0-2"),
    ('tempo = "1-0-1"', 'tempo = "0-0-0"', "tempo", "'0-0-0'", "2-0-2"),
    ('tempo = "1-0-1"', 'tempo = "1-0-\u00b2"', "tempo", "1-0-", "2-0-2"),
    ('tempo = "1-0-1"', "tempo = 3", "tempo", "3", "2-0-2"),
    ("reps = 5", 'reps = 5\nmoves = ["Up"]', "moves", "['Up']", "2 to 2"),
    ("reps = 5", 'reps = 5\nmoves = ["Up", ""]', "moves[2]", "''", "printable"),
    ('mode = "dynamic"', 'mode = "static"\nmoves = ["Up", "Down"]', "moves", "['Up'", "nothing"),
    ("default_seconds = 10", 'default_seconds = "10"', "default_seconds", "'10'", "1 to 900"),
    ("reps = 5", "reps = 5\nrepeats = 2", "repeats", "unknown key", "perhaps reps"),
    ("reps = 5", "reps = 5\nhold_s = 20", "hold_s", "20", "nothing"),
    ("reps = 5", "reps = 5\ncall_friendly = 1", "call_friendly", "1", "true, false"),
    ("reps = 5", "reps = 5\nseeds = [1, -2]", "seeds", "[1, -2]", "from 0"),
]


@pytest.mark.parametrize("case", EXERCISE_MISTAKES)
def test_a_mistake_in_an_exercise(tmp_path: Path, case: Case) -> None:
    good, mistake, key, found, allowed = case
    assert good in EXERCISE
    text = f"schema = 1\n\n{EXERCISE.replace(good, mistake)}"
    loaded = own(tmp_path, text)
    problem = next(p for p in loaded.problems if p.key.endswith(f": {key}"))
    assert problem.file == str(tmp_path / "mine.toml")
    assert found in problem.found
    assert allowed in problem.allowed
    name = key.partition("[")[0]
    there = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith(name + " =")]
    assert problem.line is not None
    assert problem.line >= (there[0] if there else 3)
    assert str(problem).startswith(f"{tmp_path / 'mine.toml'}:{problem.line}: ")
    assert "toe_wiggle" not in loaded.catalogue.exercises
    assert len(loaded.catalogue.routines) == 46, "the others are not touched"


def test_the_line_of_an_item_of_a_list(tmp_path: Path) -> None:
    text = f"schema = 1\n\n{EXERCISE}".replace('"Let them down."', "7")
    problem = own(tmp_path, text).problems[0]
    assert problem.line == line_of(text, "  7,")


ROUTINE_MISTAKES = [
    ('id = "my-toes"', 'id = "my_toes"', "id", "'my_toes'", "stand-hips"),
    ('focus = "ankles"', 'focus = "toes"', "focus", "'toes'", "ankles"),
    ('focus = "ankles"', 'focus = "ankles"\ntime_of_day = "night"', "time_of_day", "night", "any"),
    ('"toe_wiggle"', '"toe_wigle"', "steps[1]", "'toe_wigle'", "perhaps toe_wiggle"),
    ('"toe_wiggle"', "7", "steps[1]", "7", "the id of an exercise"),
    ('"toe_wiggle", seconds = 20', '"toe_wiggle", seconds = 21', "steps[1]", "21", "4, 6, 8"),
    ('"toe_wiggle", seconds = 20', '"toe_wiggle", seconds = 2', "steps[1]", "2", "4, 6, 8"),
    ('"toe_wiggle", seconds = 20', '"toe_wiggle", seconds = 2.5', "steps[1]", "2.5", "whole"),
    ('"toe_wiggle", seconds = 20', '"toe_wiggle"', "steps[1]", "None", "whole number"),
    ('side = "both"', 'side = "each"', "steps[2]", "'each'", '"both" for heel_toe_raise'),
    ('side = "both"', 'sides = "both"', "steps[2]", "'sides'", "exercise, side, seconds"),
    ("{ exercise", "7, { exercise", "steps[1]", "7", "exercise ="),
    ('focus = "ankles"', 'focus = "ankles"\nexpected_total_s = 99', "expected_total_s", "99", "50"),
    (
        'focus = "ankles"',
        'focus = "ankles"\nextend_to_s = 600',
        "extend_to_s",
        "600",
        "unless the last step is a walk",
    ),
    ('focus = "ankles"', 'focus = "ankles"\nsore_day = "yes"', "sore_day", "'yes'", "true, false"),
    ('focus = "ankles"', 'focus = "ankles"\nlevel = 2', "level", "unknown key", "sore_day"),
    ('"toe_wiggle", seconds = 20', '"toe_wiggle", seconds = 880', "steps", "910 s", "15 min"),
]


@pytest.mark.parametrize("case", ROUTINE_MISTAKES)
def test_a_mistake_in_a_routine(tmp_path: Path, case: Case) -> None:
    good, mistake, key, found, allowed = case
    assert good in ROUTINE
    text = f"schema = 1\n\n{EXERCISE}\n{ROUTINE.replace(good, mistake, 1)}"
    loaded = own(tmp_path, text)
    problem = next(p for p in loaded.problems if p.key.endswith(f": {key}"))
    assert found in problem.found
    assert allowed in problem.allowed
    lines = text.splitlines()
    name, _, item = key.rstrip("]").partition("[")
    begins = lines.index("[[routine]]")
    there = [n for n, line in enumerate(lines, 1) if n > begins and line.startswith(f"{name} =")]
    assert problem.line == (there[0] if there else begins + 1) + int(item or 0)
    assert "my-toes" not in loaded.catalogue.routines
    assert "toe_wiggle" in loaded.catalogue.exercises


def test_too_short_a_routine_is_refused(tmp_path: Path) -> None:
    short = (
        ROUTINE.replace("seconds = 20", "seconds = 4", 1).split('  { exercise = "heel')[0] + "]\n"
    )
    loaded = own(tmp_path, f"schema = 1\n\n{EXERCISE}\n{short}")
    assert [p.found for p in loaded.problems] == ["9 s in all"]


def test_a_routine_falls_with_its_exercise_and_says_so(tmp_path: Path) -> None:
    loaded = own(tmp_path, MINE.replace("level = 1", "level = 9"))
    assert [problem.key for problem in loaded.problems] == [
        "exercise toe_wiggle: level",
        "routine my-toes: steps[1]",
    ]


def test_an_id_that_is_taken(tmp_path: Path) -> None:
    text = MINE.replace('"toe_wiggle"', '"chin_tuck"').replace('"my-toes"', '"desk-neck"')
    text = text.replace("seconds = 20", "seconds = 10", 1)
    loaded = own(tmp_path, text)
    said = [str(problem) for problem in loaded.problems]
    assert [problem.line for problem in loaded.problems] == [
        line_of(text, 'id = "chin_tuck"'),
        line_of(text, 'id = "desk-neck"'),
    ]
    assert "seated-upper-body.toml has this one already" in said[0]
    assert loaded.catalogue.exercises["chin_tuck"].own is False
    assert loaded.catalogue.routines["desk-neck"].own is False


def test_an_id_that_is_given_twice_in_own_files(tmp_path: Path) -> None:
    loaded = own(tmp_path, f"{MINE}\n{EXERCISE}")
    assert [p.allowed for p in loaded.problems] == [
        "another id, since this file has this one already"
    ]
    assert "my-toes" in loaded.catalogue.routines


def test_a_routine_with_the_id_of_an_exercise(tmp_path: Path) -> None:
    loaded = own(tmp_path, MINE.replace('id = "my-toes"', 'id = "plank"'))
    assert [problem.key for problem in loaded.problems] == ["routine plank: id"]


@pytest.mark.parametrize(
    ("text", "line", "found", "allowed"),
    [
        (EXERCISE, 1, "nothing", "1"),
        (f"schema = 2\n{EXERCISE}", 1, "2", "1"),
        (f"schema = true\n{EXERCISE}", 1, "True", "1"),
        (f"\nschema = '1'\n{EXERCISE}", 2, "'1'", "1"),
        (f"schema = 1\n[exercises]\nx = 1\n{EXERCISE}", 2, "unknown table", "perhaps exercise"),
        (f"schema = 1\nexcercise = 3\n{EXERCISE}", 2, "unknown table", "perhaps exercise"),
        ("schema = 1\nexercise = 3\n", 2, "no list of tables", "[[exercise]]"),
        ("schema = 1\n[routine]\nid = 3\n", 2, "no list of tables", "[[routine]]"),
        (f"schema = 1\n{EXERCISE}\n[timing]\nlead_in_s = 1\n", 29, "own pauses", "no such table"),
    ],
)
def test_a_mistake_about_the_whole_file(
    tmp_path: Path, text: str, line: int, found: str, allowed: str
) -> None:
    loaded = own(tmp_path, text)
    assert len(loaded.problems) == 1, loaded.problems
    problem = loaded.problems[0]
    assert problem.line == line
    assert found in problem.found
    assert allowed in problem.allowed
    assert len(loaded.catalogue.routines) == 46


def test_an_entry_that_is_no_toml_costs_only_itself(tmp_path: Path) -> None:
    broken = EXERCISE.replace('"toe_wiggle"', '"toe_tap"').replace("level = 1", "level = = 1")
    text = f"schema = 1\n\n{broken}\n{MINE.partition(chr(10))[2]}"
    loaded = own(tmp_path, text)
    assert [problem.line for problem in loaded.problems] == [line_of(text, "= = 1")]
    assert "no TOML" in loaded.problems[0].found
    assert {"toe_wiggle"} <= set(loaded.catalogue.exercises)
    assert "toe_tap" not in loaded.catalogue.exercises
    assert "my-toes" in loaded.catalogue.routines


def test_a_problem_behind_a_broken_entry_still_has_its_own_line(tmp_path: Path) -> None:
    broken = EXERCISE.replace('"toe_wiggle"', '"toe_tap"').replace("level = 1", "level = [")
    text = f"schema = 1\n\n{broken}\n{MINE.partition(chr(10))[2]}".replace('"chair"', '"stool"')
    loaded = own(tmp_path, text)
    places = {p.key: p.line for p in loaded.problems}
    stools = [n for n, line in enumerate(text.splitlines(), 1) if "stool" in line]
    assert places["exercise toe_wiggle: equipment[1]"] == stools[1]


def test_a_key_given_twice_is_named(tmp_path: Path) -> None:
    text = MINE.replace("level = 1", "level = 1\nlevel = 2")
    loaded = own(tmp_path, text)
    assert loaded.problems[0].line == line_of(text, "level = 2")
    assert "no TOML" in loaded.problems[0].found


def test_a_table_given_twice_is_named(tmp_path: Path) -> None:
    loaded = own(tmp_path, f"{MINE}\n[[exercise]]\n{EXERCISE}\n[exercise]\nx = 1\n")
    assert any("no TOML" in problem.found for problem in loaded.problems)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"schema = 1\n# \xff\n")
    (tmp_path / "b.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    (tmp_path / "c.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "d.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "e.toml").write_text("x = " + "[" * 5000)
    (tmp_path / "f.toml").write_text("x = " + "1" * 5000)
    loaded = own(tmp_path, MINE)
    named = {Path(p.file).name: (p.line, p.found) for p in loaded.problems}
    assert named["a.toml"] == (2, "bytes that are not text")
    assert named["b.toml"] == (None, "more than 1 MiB")
    assert "cannot be read" in named["d.toml"][1]
    assert named["pipe.toml"] == (None, "no ordinary file")
    assert "e.toml" in named
    assert "f.toml" in named
    assert "my-toes" in loaded.catalogue.routines


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("")
    (tmp_path / "a.toml").chmod(0)
    assert "cannot be read" in own(tmp_path, MINE).problems[0].found


def test_line_ends_of_windows_are_fine(tmp_path: Path) -> None:
    loaded = own(tmp_path, MINE.replace("\n", "\r\n"))
    assert loaded.problems == ()


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = MINE.replace("level = 1", "level = 7").replace('"chair"', '"stool"')
    (tmp_path / "other.toml").write_text("schema = 3")
    keys = {problem.key for problem in own(tmp_path, text).problems}
    assert {"exercise toe_wiggle: level", "exercise toe_wiggle: equipment[1]", "schema"} <= keys


def test_the_pauses_are_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    timing = "schema = 1\n[timing]\nlead_in_s = 2\ntransition_s = 3\nchange_position_s = 4\n"
    (tmp_path / "timing.toml").write_text(timing + "switch_side_s = 1\n")
    assert load_catalogue([tmp_path]).catalogue.timing.lead_in_s == 2
    (tmp_path / "timing.toml").write_text(timing + "switch_side_s = 0\n")
    loaded = load_catalogue([tmp_path])
    assert loaded.catalogue.timing.lead_in_s == 5
    assert [(p.line, p.key) for p in loaded.problems] == [(6, "timing: switch_side_s")]


def test_equal_lists_are_kept_only_once() -> None:
    routines = list(builtin().routines.values())
    places = {id(routine.places) for routine in routines if routine.places == (Place.FLOOR,)}
    assert len(places) == 1


TEXT = (FOLDER / "routines" / "neck.toml").read_text()


@settings(max_examples=examples(100), deadline=None)
@given(
    at=st.integers(0, len(MINE)),
    drop=st.integers(0, 40),
    junk=st.text(st.sampled_from("[]{}\"'=#,.\n\\a1\x00\u00e9 "), max_size=8),
)
def test_whatever_happens_to_a_file_loading_survives_and_says_where(
    tmp_path_factory: pytest.TempPathFactory, at: int, drop: int, junk: str
) -> None:
    folder = tmp_path_factory.mktemp("own")
    (folder / "a.toml").write_text(MINE[:at] + junk + MINE[at + drop :], "utf-8")
    (folder / "b.toml").write_text(
        TEXT.replace('id = "desk', 'id = "my').replace('id = "stand', 'id = "our'), "utf-8"
    )
    loaded = load_catalogue([FOLDER, folder])
    assert all(problem.found and problem.allowed for problem in loaded.problems)
    assert all(Path(problem.file).parent == folder for problem in loaded.problems)
    assert {"my-neck", "our-neck"} <= set(loaded.catalogue.routines)
    assert len(loaded.catalogue.exercises) >= 70


def test_an_exercise_with_a_picture_of_the_drafts_can_still_be_done(tmp_path: Path) -> None:
    loaded = own(tmp_path, f'schema = 1\n{EXERCISE}[exercise.pose]\nview = "side"\n')
    assert "toe_wiggle" in loaded.catalogue.exercises
    assert [problem.key for problem in loaded.problems] == ["exercise toe_wiggle: pose"]
