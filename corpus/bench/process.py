"""Runs one process on one core and says what it cost."""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time

import common

TIME = shutil.which("time")
# Processes are small next to this one, whose memory they may be charged with
# until they become another program: such figures are taken by GNU time.
OWN_MEMORY = 3


class Cost:
    """What a process cost: seconds by the clock, seconds of processor time, the
    greatest memory in KiB, its exit code (a signal is negative), and whether it
    was ended because it took too long. out is what it printed."""

    def __init__(self, wall, cpu, memory, code, late, out, err):
        self.wall, self.cpu, self.memory, self.code, self.late, self.out, self.err = wall, cpu, memory, code, late, out, err


def run(command, core="0", keep=True, limit=common.LIMIT):
    """Runs a command with its children as a group on a core. With keep its
    output is kept, in a file meanwhile, so that no pipe holds it up."""
    command = ["taskset", "-c", core, *map(str, command)]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        p = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out if keep else subprocess.DEVNULL, stderr=err, start_new_session=True)
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), stop(p.pid)))
        timer.start()
        _, status, usage = os.wait4(p.pid, 0)
        wall = time.perf_counter() - begin
        timer.cancel()
        p.returncode = os.waitstatus_to_exitcode(status)
        stop(p.pid)
        out.seek(0)
        err.seek(0)
        printed, said = out.read() if keep else b"", err.read()[-400:].decode(errors="replace")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, p.returncode, late.is_set(), printed, said)


def stop(group):
    """Ends what is left of a process and its children."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def memory(command, cost):
    """The greatest memory of a process in KiB: what the system charged, or, where
    that may be this program's own, what GNU time says of a run of its own."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if not TIME or cost.memory > OWN_MEMORY * own:
        return cost.memory
    with tempfile.TemporaryDirectory() as folder:
        said = pathlib.Path(folder) / "memory"
        run([TIME, "-q", "-f", "%M", "-o", said, *command], keep=False)
        return int(said.read_text().split()[-1]) if said.exists() and said.read_text().strip() else cost.memory
