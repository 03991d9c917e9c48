"""A window without a window: passes what it is asked to a socket, and says what comes from there.

`relay PATH` calls the test that waits at PATH; `relay exits` is one that cannot start, `relay
silent` one that never shows a picture.
"""

import os
import select
import socket
import sys
import time

if sys.argv[1] == "exits":
    sys.exit(3)
if sys.argv[1] == "silent":
    time.sleep(60)
with socket.socket(socket.AF_UNIX) as line:
    line.connect(sys.argv[1])
    while True:
        for ready in select.select([sys.stdin.buffer, line], [], [])[0]:
            if ready is line:
                said = line.recv(4096)
                sys.stdout.buffer.write(said)
                sys.stdout.buffer.flush()
            else:
                said = os.read(sys.stdin.fileno(), 4096)
                line.sendall(said)
            if not said:
                sys.exit(0)
