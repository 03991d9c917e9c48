"""The icon in the panel with its menu; the only place that knows pystray.

`choose.choose_tray` finds what works here. `texts` and `face` turn a Status into words and a
picture, `menu` into a pystray menu; `sni_tray` shows both over D-Bus on Linux, `native` elsewhere.
"""
