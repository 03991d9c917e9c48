"""Colours of the figure and its things, for light, dark and high-contrast windows."""

from functools import lru_cache

from deskbreak.struct import Struct


class Palette(Struct):
    """One set of colours, each `#rrggbb`; `fade` is how much far limbs blend into the ground."""

    background: str
    floor: str
    shadow: str
    mat: str
    mat_edge: str
    wood: str
    wood_dark: str
    wall: str
    pane: str
    line: str
    skin: str
    shirt: str
    trousers: str
    shoe: str
    hair: str
    eye: str
    white: str
    accent: str
    arrow: str
    fold: str
    belt: str
    ink: str
    fade: float = 0.36
    outline: float = 0.34


LIGHT = Palette(
    background="#f6f4ef", floor="#e9e4da", shadow="#3a3226", mat="#b9d3cf", mat_edge="#8fb5af",
    wood="#c9a882", wood_dark="#a3835f", wall="#e3dccf", pane="#d6e8f2", line="#b8ae9c",
    skin="#e3ae8c", shirt="#2f8f9d", trousers="#44536f", shoe="#2a3042", hair="#4a372c",
    eye="#33261f", white="#fbf8f3", accent="#ff8a1e", arrow="#c2330f",
    fold="#237985", belt="#2b2f3d", ink="#22303c",
)  # fmt: skip
DARK = Palette(
    background="#1d2329", floor="#29323a", shadow="#000000", mat="#2f4f4f", mat_edge="#4d7a79",
    wood="#8a6c50", wood_dark="#6a523c", wall="#333d46", pane="#3c5468", line="#55626d",
    skin="#e0aa88", shirt="#3fb0bf", trousers="#7688ad", shoe="#c4cbd8", hair="#6d5140",
    eye="#2b201a", white="#f3efe8", accent="#ffa040", arrow="#ffd76a",
    fold="#2f8c99", belt="#39445e", ink="#e6ebef",
)  # fmt: skip
CONTRAST = Palette(
    background="#ffffff", floor="#ececec", shadow="#000000", mat="#cfe6ff", mat_edge="#000000",
    wood="#d8d8d8", wood_dark="#8c8c8c", wall="#e0e0e0", pane="#ffffff", line="#000000",
    skin="#f2c9ac", shirt="#0050b4", trousers="#303030", shoe="#000000", hair="#000000",
    eye="#000000", white="#ffffff", accent="#d00000", arrow="#000000",
    fold="#003c8a", belt="#000000", ink="#000000", fade=0.45, outline=1.0,
)  # fmt: skip


@lru_cache(maxsize=512)
def mix(a: str, b: str, share: float) -> str:
    """The colour that lies the share (0 to 1) of the way from a to b."""
    pairs = ((int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)
