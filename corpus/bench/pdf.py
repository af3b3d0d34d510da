"""Compares yusuan with other readers of PDF files: whole processes, one core.

Every round runs yusuan and then a peer over the same files; the table gives the
medians of the rounds. A slow peer gets fewer rounds. Wall clock time suffers
from whatever else the machine does, processor time hardly; both are given.
Peers that are not installed are reported as such:

    pdf.py FOLDER...              compare with what is there
    pdf.py --install FOLDER...    install pdfplumber and OpenDataLoader first,
                                  into out/bench/venv
"""

import argparse
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "out" / "bench"
VENV = OUT / "venv" / "bin"
CORE = "0"
# What the peers that come from PyPI must be.
PEERS = ["pdfplumber==0.11.10", "opendataloader-pdf==2.5.16"]

PDFPLUMBER = """
import pdfplumber, sys
for name in sys.argv[1:]:
    with pdfplumber.open(name) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
"""

OPENDATALOADER = """
import opendataloader_pdf, sys
opendataloader_pdf.convert(input_path=sys.argv[2:], output_dir=sys.argv[1], format="json", quiet=True)
"""


class Run:
    """What one run over all files cost."""

    def __init__(self):
        self.wall = self.cpu = 0.0
        self.memory = 0

    def process(self, command):
        """Runs a process on one core and adds what it and its children cost."""
        begin = time.perf_counter()
        with open(os.devnull, "w") as nothing:
            p = subprocess.Popen(["taskset", "-c", CORE, *map(str, command)], stdout=nothing, stderr=subprocess.PIPE)
            said = p.stderr.read().decode(errors="replace")
            _, status, usage = os.wait4(p.pid, 0)
            p.returncode = os.waitstatus_to_exitcode(status)
        self.wall += time.perf_counter() - begin
        self.cpu += usage.ru_utime + usage.ru_stime
        self.memory = max(self.memory, usage.ru_maxrss)
        if p.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {p.returncode}: {said[-500:]}")


def each(*command):
    """A reader that is a process for every file."""

    def run(files, _):
        r = Run()
        for f in files:
            r.process([*command, f])
        return r

    return run


def text(files, folder):
    """pdftotext names its output."""
    r = Run()
    for i, f in enumerate(files):
        r.process(["pdftotext", "-bbox-layout", f, f"{folder}/{i}.html"])
    return r


def python(program, *arguments):
    """A reader that is one process for all files."""

    def run(files, folder):
        r = Run()
        r.process([VENV / "python", "-c", program, *[a.format(folder=folder) for a in arguments], *files])
        return r

    return run


def whole(files, folder):
    """yusuan as it is meant to be run: one process, with records and Parquet."""
    r = Run()
    r.process([ROOT / "yusuan", "run", *files, "-o", f"{folder}/dataset", "--workers", "1"])
    return r


def importable(module):
    return VENV.joinpath("python").exists() and subprocess.run([VENV / "python", "-c", f"import {module}"], capture_output=True).returncode == 0


OWN = ("yusuan extract --dump", "text and tables", each(ROOT / "yusuan", "extract", "--dump"))


def contenders(rounds):
    """The peers: name, what it finds, how it is run, rounds, whether it is there."""
    java = shutil.which("java") is not None
    return [
        ("yusuan run", "and records and Parquet, one process", whole, rounds, True),
        ("pdftotext -bbox-layout", "text only", text, rounds, shutil.which("pdftotext") is not None),
        ("pdfplumber extract_tables", "tables only", python(PDFPLUMBER), 1, importable("pdfplumber")),
        ("OpenDataLoader", "text and tables", python(OPENDATALOADER, "{folder}"), max(1, rounds // 3), java and importable("opendataloader_pdf")),
    ]


def install():
    OUT.mkdir(parents=True, exist_ok=True)
    if not VENV.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV.parent], check=True)
    subprocess.run([VENV / "python", "-m", "pip", "install", "-q", *PEERS], check=True)


def count(files):
    """The pages, as yusuan counts them."""
    import json

    n = 0
    for f in files:
        out = subprocess.run([ROOT / "yusuan", "extract", "--format", "json", f], capture_output=True, check=True).stdout
        source = json.loads(out)
        n += source.get("source", source.get("Source", {})).get("pages", 0)
    return n


def row(name, finds, runs, pages, own):
    wall, cpu = (statistics.median(getattr(r, k) for r in runs) for k in ("wall", "cpu"))
    times = "" if own is None else f"{statistics.median(p.cpu / o.cpu for o, p in zip(own, runs)):.2f}"
    memory = max(r.memory for r in runs) / 1024
    return f"| {name} | {finds} | {len(runs)} | {pages / wall:.1f} | {pages / cpu:.1f} | {times} | {memory:.0f} |"


def machine():
    cpu = platform.processor()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        cpu = next((line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")), cpu)
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--rounds", type=int, default=7)
    a = parser.parse_args()
    if a.install:
        install()
    files = sorted(str(f) for folder in a.folders for f in pathlib.Path(folder).glob("*.pdf"))
    if not files:
        sys.exit("no PDF files in " + ", ".join(a.folders) + ": the real documents are kept outside the repository")
    pages = count(files)
    print(f"{len(files)} files, {pages} pages; {machine()}; {time.strftime('%Y-%m-%d')}; load {os.getloadavg()[0]:.1f} at the beginning\n")
    print("| reader | finds | rounds | pages/s | pages/s of processor time | × the processor time of yusuan | peak memory, MiB |")
    print("|---|---|---|---|---|---|---|")
    mine, missing = [], []
    lines = []
    for name, finds, run, rounds, there in contenders(a.rounds):
        if not there:
            missing.append(name)
            continue
        own, theirs = [], []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                own.append(OWN[2](files, folder))
                theirs.append(run(files, folder))
        mine += own
        lines.append(row(name, finds, theirs, pages, own))
        print(lines[-1], file=sys.stderr, flush=True)
    print(row(OWN[0], OWN[1], mine, pages, None))
    print("\n".join(lines))
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    for name in missing:
        print(f"not installed, left out: {name} (make bench-pdf INSTALL=--install; pdftotext is in poppler-utils, OpenDataLoader needs Java)")


if __name__ == "__main__":
    main()
