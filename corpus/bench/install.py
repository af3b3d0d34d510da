"""Installs the peers into out/bench/peers, a folder each, and writes
out/bench/versions.json: which version of each is there, or why it is not.

    python3 corpus/bench/install.py             install what is not there yet
    python3 corpus/bench/install.py NAME...     these alone

peers.json says what each needs: a package of Debian (installed as root only), a
Python package in an environment of its own, or a jar of a Maven repository. A
peer that does not install within its time costs nothing but itself, and the
next run tries it again.
"""

import concurrent.futures
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

import common
import growth

PEERS = common.OUT / "peers"
SECONDS = 240  # a peer may say otherwise in peers.json


class Failed(Exception):
    """A peer that cannot be installed, and why."""


def run(command, seconds):
    """Runs a command; its last lines are the reason when it fails."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=seconds, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Failed(f"{pathlib.Path(command[0]).name} took more than {seconds:.0f} s")
    except OSError as e:
        raise Failed(f"{command[0]}: {e.strerror}")
    if done.returncode != 0:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        said = next((line for line in lines if "ERROR" in line or line.startswith("E:")), lines[-1] if lines else "it said nothing")
        raise Failed(f"{pathlib.Path(command[0]).name} ended with {done.returncode}: {said[:300]}")
    return done.stdout + done.stderr


def apt(package, seconds):
    """Installs a package of Debian, on Debian and as root."""
    if not shutil.which("apt-get"):
        raise Failed(f"install {package} by hand: this is not Debian")
    if os.geteuid() != 0:
        raise Failed(f"apt-get install {package} needs root")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    try:
        run(command, seconds)
    except Failed:
        run(["apt-get", "update", "-q"], seconds)
        run(command, seconds)


def from_apt(name, setup, seconds):
    """A program on the path; the package is installed when it is not there, and
    so are the data that it can do without, but does better with."""
    if not shutil.which(setup["program"]):
        apt(setup["package"], seconds)
    done = subprocess.run(setup["version"], capture_output=True, text=True)
    said = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    version = said.group(0) if said else "unknown"
    package, path = setup.get("data", ("", "/"))
    if not pathlib.Path(path).exists():
        try:
            apt(package, seconds)
        except Failed:
            return f"{version} without {package}"
    return f"{version} with {package}" if package else version


def from_pip(name, setup, seconds):
    """Python packages in an environment of their own. A stamp says what was
    asked for, so that nothing is done twice."""
    folder = PEERS / name
    stamp, wanted = folder / "packages", " ".join(setup["packages"])
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        if not importlib.util.find_spec("ensurepip"):
            apt("python3-venv", seconds)
        run([sys.executable, "-m", "venv", folder], seconds)
        run([common.python(name), "-m", "pip", "install", "-q", "--disable-pip-version-check", *setup["packages"]], seconds)
        stamp.write_text(wanted)
    if "program" in setup:
        said = run([common.program(name), "--version"], 60)
        return re.search(r"\d+(\.\d+)+", said).group(0)
    return ", ".join(p.split("==")[1] if len(setup["packages"]) == 1 else p.replace("==", " ") for p in setup["packages"])


def from_maven(name, setup, seconds):
    """A jar, fetched by Maven."""
    folder = PEERS / name
    _, artifact, version = setup["artifact"].split(":")
    if not (folder / f"{artifact}-{version}.jar").exists():
        if not shutil.which("mvn"):
            apt("maven", seconds)
        shutil.rmtree(folder, ignore_errors=True)
        run(["mvn", "-q", "-B", "dependency:copy", f"-Dartifact={setup['artifact']}", f"-DoutputDirectory={folder}"], seconds)
    return version


def probe(name, setup, seconds):
    """A part of another peer that needs more than its packages, as models that
    are fetched when they are first used: whether it reads a page."""
    if not common.python(setup["of"]).exists():
        raise Failed(f"{setup['of']} is not installed")
    page = PEERS / "page.pdf"
    growth.pdf(page, 1)
    try:
        run([common.python(setup["of"]), common.HERE / "adapters" / setup["script"], page], seconds)
    except Failed as e:
        raise Failed(f"it cannot read a page, perhaps for want of its models: {e}")
    return (PEERS / setup["of"] / "packages").read_text().split("==")[1]


def install(name, setup):
    """Installs a peer and returns what versions.json says of it."""
    begin = time.time()
    seconds = setup.get("seconds", SECONDS)
    try:
        if setup.get("java") and not shutil.which("java"):
            apt("default-jre-headless", seconds)
        version = {"apt": from_apt, "pip": from_pip, "maven": from_maven, "probe": probe}[setup["kind"]](name, setup, seconds)
        return {"ok": True, "version": version, "seconds": round(time.time() - begin, 1)}
    except Failed as e:
        return {"ok": False, "error": str(e), "seconds": round(time.time() - begin, 1)}


def main():
    names = sys.argv[1:] or list(common.SETUP)
    path = common.OUT / "versions.json"
    PEERS.mkdir(parents=True, exist_ok=True)
    versions = json.loads(path.read_text()) if path.exists() else {}
    if not shutil.which("time"):
        try:
            apt("time", SECONDS)
        except Failed as e:
            print(f"GNU time, which tells the memory of small programs: {e}", file=sys.stderr)

    def one(name):
        got = install(name, common.SETUP[name])
        print(f"{name}: {got.get('version') or got['error']} ({got['seconds']} s)", flush=True)
        return name, got

    # The largest goes beside all others; what is checked comes last.
    probes = [n for n in names if common.SETUP[n]["kind"] == "probe"]
    large = [n for n in names if common.SETUP[n].get("seconds", 0) > SECONDS and common.SETUP[n]["kind"] == "pip"]
    rest = [n for n in names if n not in probes and n not in large]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        beside = [pool.submit(one, n) for n in large]
        versions.update(one(n) for n in rest)
        versions.update(f.result() for f in beside)
    versions.update(one(n) for n in probes)
    versions = {name: versions[name] for name in common.SETUP if name in versions}
    path.write_text(json.dumps(versions, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
