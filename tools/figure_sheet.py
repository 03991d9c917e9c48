"""Contact sheets: every exercise at its key moments, on one SVG page or one page each.

`python -m tools.figure_sheet OUT [EXERCISE...]` writes OUT.svg as one page, or one page
for each group of exercises into the folder OUT.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from deskbreak.content.figure.build import BASES, load_figure
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.palette import LIGHT, Palette
from deskbreak.content.figure.shapes import Shape
from deskbreak.content.figure.svg import body, gradients

POSES = Path(__file__).parents[1] / "microroutines" / "poses"
FRAMES, WIDTH, HEIGHT, PER_PAGE = 4, 300, 220, 10


def exercise_ids(folder: Path) -> list[str]:
    """The exercises that have poses in a folder, in alphabetical order."""
    return sorted(p.stem for p in folder.glob("*.toml") if p.name != BASES)


def sheet(figures: Sequence[Figure], *, mirrored: bool = False, palette: Palette = LIGHT) -> str:
    """One SVG page with a row of pictures for each figure."""
    rows = [
        [
            (t, f.scene(t, mirrored=mirrored, size=(WIDTH, HEIGHT), palette=palette))
            for t in f.still_times(FRAMES)
        ]
        for f in figures
    ]
    w, h = FRAMES * WIDTH, len(rows) * HEIGHT
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">',
        gradients(scene for row in rows for _, scene in row),
        f'<rect width="{w}" height="{h}" fill="{palette.background}"/>',
        f'<clipPath id="cell"><rect width="{WIDTH - 2}" height="{HEIGHT - 2}"/></clipPath>',
    ]
    frame = f'<path d="M0 {HEIGHT - 1}h{WIDTH}M{WIDTH - 1} 0v{HEIGHT}" stroke="{palette.floor}"/>'
    drawn: dict[tuple[Shape, ...], str] = {}
    for y, (figure, row) in enumerate(zip(figures, rows, strict=True)):
        for x, (t, scene) in enumerate(row):
            label = f"{figure.exercise_id}  {t:.1f} s" if x == 0 else f"{t:.1f} s"
            out.append(
                f'<g transform="translate({x * WIDTH},{y * HEIGHT})" clip-path="url(#cell)">'
                f'{body(scene, drawn)}<text x="8" y="16" font-family="sans-serif" font-size="12" '
                f'fill="{palette.ink}">{label}</text>{frame}</g>'
            )
    return "\n".join([*out, "</svg>\n"])


def write(out: Path, ids: Iterable[str], dirs: Sequence[Path]) -> list[Path]:
    """Write the sheet of some exercises: one page when `out` ends in .svg, else pages into it."""
    figures = [load_figure(name, dirs) for name in ids]
    if out.suffix == ".svg":
        out.write_text(sheet(figures), encoding="utf-8")
        return [out]
    out.mkdir(parents=True, exist_ok=True)
    pages = []
    for number, start in enumerate(range(0, len(figures), PER_PAGE), 1):
        page = out / f"figures-{number}.svg"
        page.write_text(sheet(figures[start : start + PER_PAGE]), encoding="utf-8")
        pages.append(page)
    return pages


def main(arguments: Sequence[str]) -> int:
    """Write contact sheets as the arguments say; returns the exit status."""
    if not arguments:
        sys.stderr.write("usage: python -m tools.figure_sheet OUT [EXERCISE...]\n")
        return 2
    for page in write(Path(arguments[0]), arguments[1:] or exercise_ids(POSES), [POSES]):
        sys.stdout.write(f"{page}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
