"""deskbreak counts how long you have been sitting and suggests a walk or a short routine.

The map, from what decides to what touches the world:

- `core`      what is true and what should happen; pure, no clock, file, thread or device
- `settings`  the one definition of every setting, and what follows from it
- `content`   exercises and routines: files in, catalogue and problems out
- `ports`     what the core's surroundings must be able to do, as Protocols
- `adapters`  the world: D-Bus, idle sources, notifications, tray, stores, control socket
- `app`       the composition root: the only place that knows everybody
- `windows`   programs with windows, each a process of its own
- `cli`       the commands and what they print
"""

__version__ = "0.1.0"
