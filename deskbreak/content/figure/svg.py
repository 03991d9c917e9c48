"""A scene as an SVG picture.

Paths are written in tenths of a pixel, each point relative to the one before: far shorter.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from deskbreak.content.figure.shapes import Ellipse, Line, Point, Polygon, Scene, Shape

FINE = 10  # steps a pixel is divided into


def svg(scene: Scene) -> str:
    """A whole SVG document for one scene."""
    w, h = f"{scene.width:g}", f"{scene.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">\n'
        f"{gradients([scene])}\n{body(scene)}\n</svg>\n"
    )


def gradients(scenes: Iterable[Scene]) -> str:
    """The fading fills that soft ellipses of the scenes refer to."""
    shapes = (shape for scene in scenes for shape in scene.shapes)
    soft = {s.fill for s in shapes if isinstance(s, Ellipse) and s.soft}
    stops = (
        f'<radialGradient id="soft{c[1:]}"><stop offset="0" stop-color="{c}"/>'
        f'<stop offset=".45" stop-color="{c}" stop-opacity=".8"/>'
        f'<stop offset="1" stop-color="{c}" stop-opacity="0"/></radialGradient>'
        for c in sorted(soft)
    )
    return f"<defs>{''.join(stops)}</defs>"


def body(scene: Scene, drawn: dict[tuple[Shape, ...], str] | None = None) -> str:
    """The shapes of a scene on their ground, without the document around them.

    With `drawn`, the ghosts of all scenes so far by their ids, the same ghost is written only once.
    """
    ground = f'<rect width="{scene.width:g}" height="{scene.height:g}" fill="{scene.background}"/>'
    shapes = "\n".join(map(_shape, scene.shapes) if drawn is None else _runs(scene, drawn))
    round_ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'{ground}\n<g transform="scale({1 / FINE:g})" fill="none" {round_ends}>\n{shapes}\n</g>'


def _runs(scene: Scene, drawn: dict[tuple[Shape, ...], str]) -> Iterator[str]:
    for ghostly, shapes in groupby(scene.shapes, key=lambda shape: shape.part == "ghost"):
        run = tuple(shapes)
        if not ghostly:
            yield from map(_shape, run)
        elif run in drawn:
            yield f'<use href="#{drawn[run]}"/>'
        else:
            drawn[run] = f"ghost{len(drawn) + 1}"
            yield f'<g id="{drawn[run]}">{"".join(map(_shape, run))}</g>'


def _path(points: Iterable[Point]) -> str:
    out = []
    x = y = 0
    for px, py in points:
        u, v = round(px * FINE), round(py * FINE)
        out.append(f"{u - x} {v - y}")
        x, y = u, v
    return f"m{out[0]}l{' '.join(out[1:])}".replace(" -", "-")


def _shape(s: Shape) -> str:
    fade = "" if s.opacity >= 1 else f' opacity="{s.opacity:.2f}"'
    if isinstance(s, Polygon):
        fill = f' fill="{s.fill}"' if s.fill else ""
        edge = f' stroke="{s.stroke}" stroke-width="{s.width * FINE:.0f}"' if s.stroke else ""
        return f'<path d="{_path(s.points)}z"{fill}{edge}{fade}/>'
    if isinstance(s, Line):
        wide = s.width * FINE
        dots = f' stroke-dasharray="1 {wide * 2:.0f}"' if s.dotted else ""
        edge = f'stroke="{s.colour}" stroke-width="{wide:.0f}"'
        return f'<path d="{_path(s.points)}" {edge}{dots}{fade}/>'
    fill = f"url(#soft{s.fill[1:]})" if s.soft else s.fill
    (x, y), rx, ry = s.centre, s.rx * FINE, s.ry * FINE
    where = f'cx="{x * FINE:.0f}" cy="{y * FINE:.0f}" rx="{rx:.0f}" ry="{ry:.0f}"'
    return f'<ellipse {where} fill="{fill}"{fade}/>'
