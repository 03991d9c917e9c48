"""The built-in catalogue, loaded once, and small files of one's own to load beside it."""

from functools import cache
from pathlib import Path

from deskbreak.content.load import load_catalogue
from deskbreak.content.model import Catalogue, Loaded

FOLDER = Path(__file__).parents[2] / "microroutines"

EXERCISE = """\
[[exercise]]
id = "toe_wiggle"
name = "Toe wiggle"
areas = ["ankles"]
kind = "mobility"
mode = "dynamic"
position = "seated"
place = "desk"
equipment = ["chair"]
level = 1
phase = "align"
sides = "both"
steps = [
  "Feet flat.",
  "Lift the toes.",
  "Let them down.",
]
cue = "Slowly."
breathing = "Free."
easier = "Half as far."
harder = "Spread them."
avoid_if = []
loads = []
reps = 5
tempo = "1-0-1"
default_seconds = 10
"""

ROUTINE = """\
[[routine]]
id = "my-toes"
name = "My toes"
focus = "ankles"
steps = [
  { exercise = "toe_wiggle", seconds = 20 },
  { exercise = "heel_toe_raise", side = "both", seconds = 20 },
]
"""


@cache
def builtin() -> Catalogue:
    return load_catalogue([FOLDER]).catalogue


def own(folder: Path, text: str, name: str = "mine.toml") -> Loaded:
    """Load a file of one's own beside the built-in folder."""
    (folder / name).write_text(text, "utf-8")
    return load_catalogue([FOLDER, folder])
