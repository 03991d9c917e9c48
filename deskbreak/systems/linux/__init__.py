"""Linux: D-Bus, X11, Wayland, and what the desktop tells over them."""
