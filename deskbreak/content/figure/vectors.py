"""Vectors, rotation matrices and quaternions as plain tuples.

Axes: x forward, y up, z to the figure's right. Angles are degrees at the surface of every function.
A matrix is three rows; its columns are the images of the local axes.
"""

from math import acos, cos, degrees, radians, sin, sqrt

Vec = tuple[float, float, float]
Mat = tuple[Vec, Vec, Vec]
Quat = tuple[float, float, float, float]

ZERO: Vec = (0.0, 0.0, 0.0)
NO_TURN: Quat = (1.0, 0.0, 0.0, 0.0)


def add(a: Vec, b: Vec) -> Vec:
    """Sum of two vectors."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """The vector from b to a."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, k: float) -> Vec:
    """A vector k times as long."""
    return (a[0] * k, a[1] * k, a[2] * k)


def lerp(a: Vec, b: Vec, u: float) -> Vec:
    """The point that lies the share u (0 to 1) of the way from a to b."""
    return (a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u, a[2] + (b[2] - a[2]) * u)


def dot(a: Vec, b: Vec) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Vector product."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def norm(a: Vec) -> float:
    """Length of a vector."""
    return sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2])


def distance(a: Vec, b: Vec) -> float:
    """Distance between two points."""
    return norm(sub(a, b))


def unit(a: Vec) -> Vec:
    """The vector of length 1 in the same direction; the zero vector stays zero."""
    n = norm(a)
    return (a[0] / n, a[1] / n, a[2] / n) if n > 1e-9 else ZERO


def across(a: Vec, axis: Vec) -> Vec:
    """The part of a that is perpendicular to the unit vector axis."""
    return sub(a, scale(axis, dot(a, axis)))


def product(a: Mat, b: Mat) -> Mat:
    """First b, then a."""
    (b00, b01, b02), (b10, b11, b12), (b20, b21, b22) = b
    (p, q, r), (s, t, u), (v, w, x) = a
    return (
        (p * b00 + q * b10 + r * b20, p * b01 + q * b11 + r * b21, p * b02 + q * b12 + r * b22),
        (s * b00 + t * b10 + u * b20, s * b01 + t * b11 + u * b21, s * b02 + t * b12 + u * b22),
        (v * b00 + w * b10 + x * b20, v * b01 + w * b11 + x * b21, v * b02 + w * b12 + x * b22),
    )


def apply(m: Mat, v: Vec) -> Vec:
    """The local vector v seen from outside the frame m."""
    x, y, z = v
    a, b, c = m
    return (
        a[0] * x + a[1] * y + a[2] * z,
        b[0] * x + b[1] * y + b[2] * z,
        c[0] * x + c[1] * y + c[2] * z,
    )


def transposed(m: Mat) -> Mat:
    """The inverse of a rotation; also turns three column vectors into a matrix."""
    a, b, c = m
    return ((a[0], b[0], c[0]), (a[1], b[1], c[1]), (a[2], b[2], c[2]))


def column(m: Mat, i: int) -> Vec:
    """Where the local axis i (0 forward, 1 up, 2 right) points."""
    return (m[0][i], m[1][i], m[2][i])


def about_x(angle: float) -> Mat:
    """Rotation about the forward axis; positive leans the up axis to the right."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c))


def about_y(angle: float) -> Mat:
    """Rotation about the up axis; positive turns the front to the left."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c))


def about_z(angle: float) -> Mat:
    """Rotation about the right axis; positive leans the up axis backwards."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0))


def frame(forward: Vec, up: Vec) -> Mat:
    """The right-handed frame whose y is up and whose x is as near to forward as can be."""
    y = unit(up)
    x = unit(across(forward, y))
    return transposed((x, y, cross(x, y)))


def quaternion(m: Mat) -> Quat:
    """The same rotation as a quaternion."""
    (a, b, c), (d, e, f), (g, h, i) = m
    trace = a + e + i
    if trace > 0:
        s = sqrt(trace + 1.0) * 2
        return (s / 4, (h - f) / s, (c - g) / s, (d - b) / s)
    if a > e and a > i:
        s = sqrt(1.0 + a - e - i) * 2
        return ((h - f) / s, s / 4, (b + d) / s, (c + g) / s)
    if e > i:
        s = sqrt(1.0 + e - a - i) * 2
        return ((c - g) / s, (b + d) / s, s / 4, (f + h) / s)
    s = sqrt(1.0 + i - a - e) * 2
    return ((d - b) / s, (c + g) / s, (f + h) / s, s / 4)


def matrix(q: Quat) -> Mat:
    """The same rotation as a matrix."""
    w, x, y, z = q
    xx, yy, zz = 2 * x * x, 2 * y * y, 2 * z * z
    xy, xz, yz = 2 * x * y, 2 * x * z, 2 * y * z
    wx, wy, wz = 2 * w * x, 2 * w * y, 2 * w * z
    return (
        (1 - yy - zz, xy - wz, xz + wy),
        (xy + wz, 1 - xx - zz, yz - wx),
        (xz - wy, yz + wx, 1 - xx - yy),
    )


def slerp(a: Quat, b: Quat, u: float) -> Quat:
    """The rotation that lies the share u of the shortest way from a to b."""
    d = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
    if d < 0:
        b, d = (-b[0], -b[1], -b[2], -b[3]), -d
    if d > 0.99999:
        p, q = 1 - u, u
    else:
        angle = acos(d)
        s = sin(angle)
        p, q = sin((1 - u) * angle) / s, sin(u * angle) / s
    return (
        a[0] * p + b[0] * q,
        a[1] * p + b[1] * q,
        a[2] * p + b[2] * q,
        a[3] * p + b[3] * q,
    )


def arc(cosine: float) -> float:
    """The angle of that cosine in radians; what rounding put past 1 counts as 1."""
    return acos(max(-1.0, min(1.0, cosine)))


def angle_between(a: Vec, b: Vec) -> float:
    """Angle between two directions, 0 to 180 degrees."""
    return degrees(arc(dot(unit(a), unit(b))))


def smooth(u: float) -> float:
    """Minimum-jerk easing of 0 to 1: starts and ends at rest, without a jolt."""
    u = max(0.0, min(1.0, u))
    return u * u * u * (10 + u * (-15 + 6 * u))
