"""Whether a display answers, asked of the libraries that a window goes through."""

import ctypes


def answers(name: str) -> bool:
    """Whether the X server ("xcb") or the Wayland compositor of the environment takes a connection.

    Raises OSError where the library is not there.
    """
    return _x11_answers() if name == "xcb" else _wayland_answers()


def _x11_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    works = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return works


def _wayland_answers() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = wayland.wl_display_connect(None)
    if connection:
        wayland.wl_display_disconnect(ctypes.c_void_p(connection))
    return bool(connection)
