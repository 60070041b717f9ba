#!/usr/bin/env python3
"""How long `loti board` takes to its first frame, and from a key to the frame that answers it.

Everything is measured from outside, through a terminal of 80 columns and 24 rows, on the plan of the
example big-plan; `status` runs in such a terminal, too, and both in turn.

    cargo build --release --bin loti --example big-plan
    benches/board.py [KEY RESULTS]
"""

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

size = sys.argv[1] if len(sys.argv) > 1 else "10000"
target = os.environ.get("CARGO_TARGET_DIR", "target")
loti = os.path.abspath(f"{target}/release/loti")
folder = tempfile.TemporaryDirectory()
plan = os.path.join(folder.name, "okrs.toml")
with open(plan, "wb") as file:
    subprocess.run([f"{target}/release/examples/big-plan", size], stdout=file, check=True)


def start(*words):
    """Starts loti in a terminal of its own."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder.name)
        environment = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "LOTI_TODAY": "2021-09-20"}
        # The size is there before loti asks for it.
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.execve(loti, ["loti", *words], environment)
    return process, terminal


def read(terminal, until=None, quiet=0.05):
    """Reads until some bytes came, or until nothing more comes; returns when the last of it came."""
    told, last = b"", time.perf_counter()
    while True:
        ready, _, _ = select.select([terminal], [], [], 5 if not told else quiet)
        if not ready:
            return told, last
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            return told, time.perf_counter()
        if not chunk:
            return told, time.perf_counter()
        told, last = told + chunk, time.perf_counter()
        if until and until in told:
            return told, last


def median(times):
    return f"{1000 * statistics.median(times):7.1f} ms"


status, first, keys = [], [], {}
for _ in range(9):
    begin = time.perf_counter()
    process, terminal = start("status")
    _, end = read(terminal, until=b"\0", quiet=5)
    os.waitpid(process, 0)
    os.close(terminal)
    status.append(end - begin)

    begin = time.perf_counter()
    process, terminal = start("board")
    _, end = read(terminal, until=b"? keys")
    first.append(end - begin)
    read(terminal)
    for name, typed in [
        ("down", b"j"), ("page on", b"\x1b[6~"), ("last line", b"G"), ("details", b"\r"), ("down in them", b"J"),
        ("back", b"\r"), ("find", b"/"), ("one letter", b"k"), ("another", b"e"), ("all again", b"\x1b"),
        ("fold", b"h"), ("next first", b"n"), ("keys", b"?"),
    ]:
        begin = time.perf_counter()
        os.write(terminal, typed)
        told, end = read(terminal)
        if told:
            keys.setdefault(name, []).append(end - begin)
    os.write(terminal, b"\x03")
    read(terminal, until=b"\0", quiet=2)
    os.waitpid(process, 0)
    os.close(terminal)

print(f"{size} key results")
print(f"{median(status)}  status, whole")
print(f"{median(first)}  board, to its first frame: {statistics.median(first) / statistics.median(status):.2f} times")
for name, times in keys.items():
    print(f"{median(times)}  {name} (worst {1000 * max(times):.1f})")
