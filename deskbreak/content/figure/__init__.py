"""The moving figure: keyed poses in, a flat list of coloured shapes out.

`load_figure` reads the poses of one exercise, `Figure.scene` gives the picture at a moment, and
`svg`, `braille` (and a window elsewhere) draw it. Pure: no clock, no device.
"""

from deskbreak.content.figure.build import load_figure
from deskbreak.content.figure.figure import Figure
from deskbreak.content.figure.palette import CONTRAST, DARK, LIGHT, Palette
from deskbreak.content.figure.pose import PoseError
from deskbreak.content.figure.shapes import Ellipse, Line, Polygon, Scene, Shape

__all__ = [
    "CONTRAST",
    "DARK",
    "LIGHT",
    "Ellipse",
    "Figure",
    "Line",
    "Palette",
    "Polygon",
    "PoseError",
    "Scene",
    "Shape",
    "load_figure",
]
