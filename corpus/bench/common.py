"""What all parts of the bench share: where things are, what machine this is,
how results are kept.

Every part writes one file out/bench/NAME.json; report.py turns them into
RESULTS.md. Nothing but the standard library is needed.
"""

import json
import os
import pathlib
import platform
import shutil
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = pathlib.Path(os.environ.get("CORPUS") or ROOT.parent / "shared" / "corpus").resolve()
OUT = ROOT / "out" / "bench"
YUSUAN = ROOT / "yusuan"
SETUP = json.loads((HERE / "peers.json").read_text())
LIMIT = 60  # seconds that a process may take


def rounds():
    """How many rounds a fast program gets at most (ROUNDS)."""
    return int(os.environ.get("ROUNDS") or 5)


def machine():
    """The processor, how many cores, and the system, as a person would say it."""
    cpu = platform.processor()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text().splitlines()
        cpu = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), cpu)
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}"


def save(name, value):
    """Writes out/bench/NAME.json with what every result needs: when, where, and
    how busy the machine was."""
    OUT.mkdir(parents=True, exist_ok=True)
    value = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "load": round(os.getloadavg()[0], 1), "rounds": rounds(), **value}
    (OUT / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def load(name):
    """A result that an earlier part wrote, None if it did not run."""
    path = OUT / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else None


def known():
    """The files whose tables are known: those that the truth beside them names,
    and the disclosure in all its formats."""
    found = sorted((CORPUS / "handan-2020").glob("disclosure.*"))
    for truth in sorted(CORPUS.glob("*/truth/*.truth.json")):
        name = json.loads(truth.read_text()).get("document", {}).get("file", "")
        file = truth.parents[1] / pathlib.PurePosixPath(name).name
        if file.is_file():
            found.append(file)
    return found


def python(peer):
    """The Python that a peer is installed under."""
    return OUT / "peers" / peer / "bin" / "python"


def site(peer):
    """The folder of a peer's Python packages."""
    return next(iter((OUT / "peers" / peer / "lib").glob("python*/site-packages")), OUT / "missing")


def jar(peer):
    """The jar of a peer that runs on Java."""
    if peer == "tabula":
        return next(iter(site(peer).glob("tabula/*.jar")), OUT / "missing")
    return next(iter((OUT / "peers" / peer).glob("*.jar")), OUT / "missing")


def program(peer):
    """The executable of a peer: one on the path, or one in a Python package."""
    name = SETUP[peer]["program"]
    return site(peer) / name if SETUP[peer]["kind"] == "pip" else shutil.which(name)


def need(path, hint):
    """Ends the program when a thing that it cannot do without is not there."""
    if not path.exists():
        raise SystemExit(f"{path} is not there: {hint}")
