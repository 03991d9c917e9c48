"""The rules of the built-in catalogue, each broken once."""

from pathlib import Path

import pytest

from deskbreak.content.load import load_catalogue
from tests.content.builtin import FOLDER
from tools.catalogue_rules import check, line_of, unkind_word


def changed(folder: Path, file: str, *changes: tuple[str, str]) -> list[str]:
    """Load the built-in catalogue with changes in one of its files, and check it."""
    for source in [FOLDER / "timing.toml", *FOLDER.glob("exercises/*"), *FOLDER.glob("routines/*")]:
        text = source.read_text("utf-8")
        for old, new in changes if source.name == file else ():
            assert old in text
            text = text.replace(old, new, 1)
        target = folder / source.relative_to(FOLDER)
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, "utf-8")
    loaded = load_catalogue([folder])
    assert loaded.problems == ()
    return [str(problem) for problem in check(loaded.catalogue)]


ONE_RULE = [
    ("neck.toml", 'focus = "neck"', 'focus = "hips"', "focus: found hips, allowed: one of"),
    ("eyes.toml", "Look far, blink", "Never look far", "tagline: found the word 'Never'"),
    ("seated-upper-body.toml", "default_seconds = 25", "default_seconds = 24", "found 24"),
    ("seated-upper-body.toml", 'cue = "', 'cue = "You must ', "cue: found the word 'must'"),
    ("mat-side-and-front.toml", '"mat"', '"none"', "a mat on the floor, and only there"),
    ("walks-and-stairs.toml", '"stairs", "handrail"', '"stairs"', "stairs with a handrail"),
    ("seated-upper-body.toml", '"none"', '"none", "chair"', "none by itself"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), ONE_RULE)
def test_a_broken_rule_is_named_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    findings = changed(tmp_path, file, (old, new))
    assert len(findings) == 1, findings
    assert said in findings[0]
    place, _, key = findings[0].split(": ")[:3]
    name, _, line = place.rpartition(":")
    assert name.endswith(file)
    assert Path(name).read_text("utf-8").splitlines()[int(line) - 1].startswith(key.split("[")[0])


def test_a_routine_out_of_order(tmp_path: Path) -> None:
    findings = changed(
        tmp_path,
        "ankles.toml",
        (
            '"knee_to_wall", side = "each", seconds = 18',
            '"wall_angel", side = "both", seconds = 30',
        ),
        ("expected_total_s = 121", "expected_total_s = 112"),
    )
    said = " ".join(findings)
    assert len(findings) == 3
    assert "stand-ankles: steps: found a first step above level 1" in said
    assert "stand-ankles: steps: found phases that go backwards" in said
    assert "exercise knee_to_wall: found an exercise of no routine" in said


def test_a_hold_and_a_routine_that_are_too_long(tmp_path: Path) -> None:
    findings = changed(
        tmp_path,
        "core.toml",
        ('"desk_plank", side = "both", seconds = 15', '"desk_plank", side = "both", seconds = 35'),
        ("expected_total_s = 126", "expected_total_s = 146"),
    )
    said = " ".join(findings)
    assert len(findings) == 2
    assert "stand-core: expected_total_s: found 146 s, allowed: 110 to 130 s" in said
    assert "found 35 s of desk_plank, allowed: 10 to 30 s for each hold" in said


def test_a_whole_body_routine_needs_several_areas(tmp_path: Path) -> None:
    findings = changed(tmp_path, "neck.toml", ('focus = "neck"', 'focus = "whole_body"'))
    assert "five areas for the whole body" in findings[0]


def test_the_word_list_knows_endings_and_borders() -> None:
    assert unkind_word("It is harmless") == "harmless"
    assert unkind_word("You should have rested") == "should have"
    assert unkind_word("Injuries") == "Injuries"
    assert unkind_word("A badge, a mustard fixture, the weakest") is None
    assert unkind_word("Slowly, with ease") is None


def test_the_line_of_something_that_is_gone(tmp_path: Path) -> None:
    assert line_of(tmp_path / "none.toml", "routine", "x") is None
    (tmp_path / "a.toml").write_text("schema = 1\n")
    assert line_of(tmp_path / "a.toml", "routine", "x") is None
