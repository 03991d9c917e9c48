"""The icon in the panel with its menu; the only place that knows pystray.

`choose.choose_tray` finds what works here. `text.tray` turns a Status into words and a picture,
`menu` into a pystray menu; `systems.linux.tray` shows both over D-Bus, `native` elsewhere.
"""
