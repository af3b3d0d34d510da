"""Compares yusuan with other readers of Word .doc files: whole processes, one core.

    make bench-doc                          with what is installed
    python3 corpus/bench/doc.py             the same, when ./yusuan is built
    python3 corpus/bench/doc.py --tika tika-app.jar --rounds 40

The peers are antiword, catdoc, LibreOffice (extract/doc/oracle/install.sh
installs these three on Debian) and Apache Tika, whose tika-app.jar must be
named. The files are ../shared/corpus/handan-2020/disclosure.doc, a disclosure
with 26 tables, and the .doc files of ../shared/corpus/word.

Speed: every round runs `yusuan extract FILE` and then a peer, one process for
each file; the tables give the medians of the rounds, and of the ratios within
them. A slow peer gets fewer rounds. Wall clock time suffers from whatever else
the machine does, processor time hardly. Memory is that of one more run, under
GNU time. antiword and catdoc are small programs that start at once and find no
cells; much of yusuan's time is the start of its process, so the benchmark of
the reader alone is run and printed as well.

Text: how many of the filled cells of the disclosure's truth
(handan-2020/truth/blocks.json) stand in what a reader prints, in the order of
the truth. Blanks are left out on both sides; the greatest number of cells that
can be found one behind the other counts. A short cell may be found inside
another text, which is generous to all. It says nothing about rows and columns,
which antiword, catdoc and plain text do not have.
"""

import argparse
import bisect
import json
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
CORPUS = ROOT.parent / "shared" / "corpus"
DISCLOSURE = CORPUS / "handan-2020" / "disclosure.doc"
TRUTH = CORPUS / "handan-2020" / "truth" / "blocks.json"
YUSUAN = ROOT / "yusuan"
TIME = "/usr/bin/time"
CORE = "0"


class Run:
    """What one run over some files cost, and how many of them failed."""

    def __init__(self):
        self.wall = self.cpu = 0.0
        self.failed = 0

    def process(self, command):
        """Runs a process on one core and adds what it and its children cost."""
        begin = time.perf_counter()
        p = subprocess.Popen(["taskset", "-c", CORE, *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = os.waitstatus_to_exitcode(status)
        self.wall += time.perf_counter() - begin
        self.cpu += usage.ru_utime + usage.ru_stime
        self.failed += p.returncode != 0


class Reader:
    """A program: how it prints a file. There may be a folder for its output."""

    def __init__(self, name, command, rounds):
        self.name, self.command, self.rounds = name, command, rounds

    def there(self):
        return shutil.which(str(self.command("", "")[0])) is not None

    def run(self, files, folder):
        r = Run()
        for f in files:
            r.process(self.command(f, folder))
        return r

    def memory(self, files, folder):
        """The greatest memory of a process, in KiB, 0 if GNU time is not there.
        The usage that this program gets of its own children is no good: it
        counts what they were before they became another program, a Python."""
        most = 0
        for f in files if shutil.which(TIME) else []:
            command = [TIME, "-q", "-f", "%M", "-o", f"{folder}/memory", *map(str, self.command(f, folder))]
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            most = max(most, int(pathlib.Path(folder, "memory").read_text().split()[-1]))
        return most

    def text(self, file, folder):
        """What the reader prints of a file."""
        return subprocess.run([str(c) for c in self.command(file, folder)], capture_output=True).stdout.decode(errors="replace")


class Office(Reader):
    """LibreOffice writes files. The profile that it begins with is made by a
    run that does not count."""

    def text(self, file, folder):
        super().text(file, folder)
        made = pathlib.Path(folder) / (pathlib.Path(file).stem + ".txt")
        return made.read_text(errors="replace") if made.exists() else ""


class Own(Reader):
    """yusuan's text is taken from its JSON, where nothing is escaped for
    Markdown and cells that are merged stand once."""

    def text(self, file, folder):
        done = subprocess.run([YUSUAN, "extract", "--format", "json", file], capture_output=True)
        if done.returncode != 0:
            return ""
        return "\n".join(strings(json.loads(done.stdout)["blocks"]))


def strings(value):
    """The texts in a piece of yusuan's JSON, in order. A nested table repeats
    the text of its outer cell, and is left out."""
    if isinstance(value, list):
        for v in value:
            yield from strings(v)
    elif isinstance(value, dict) and value.get("outer", -1) < 0:
        if "text" in value:
            yield value["text"]
        yield from strings(value.get("cells", []))


def office(file, folder):
    return ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, file]


def readers(a):
    slow = max(1, a.rounds // 10)
    yield Reader("antiword", lambda f, _: ["antiword", "-w", "0", "-m", "UTF-8.txt", f], a.rounds)
    yield Reader("catdoc", lambda f, _: ["catdoc", "-d", "utf-8", "-w", f], a.rounds)
    yield Office("LibreOffice", office, slow)
    if a.tika:
        yield Reader("Apache Tika", lambda f, _: ["java", "-jar", a.tika, "--encoding=UTF-8", "--text", f], slow)


OWN = Own("yusuan extract", lambda f, _: [YUSUAN, "extract", f], 0)


def pairs(peer, files, folder):
    """The rounds of a peer, each behind one of yusuan."""
    peer.run(files[:1], folder)
    OWN.run(files[:1], folder)
    own, theirs = [], []
    for _ in range(peer.rounds):
        own.append(OWN.run(files, folder))
        theirs.append(peer.run(files, folder))
    return own, theirs


def row(name, memory, runs, own):
    """A line of the table; own are the runs of yusuan in the same rounds."""
    wall, cpu = (statistics.median(getattr(r, k) for r in runs) * 1000 for k in ("wall", "cpu"))
    times = ["", ""]
    if own is not None:
        times = [f"{statistics.median(getattr(p, k) / getattr(o, k) for o, p in zip(own, runs)):.2f}" for k in ("cpu", "wall")]
    failed = max(r.failed for r in runs)
    return f"| {name} | {len(runs)} | {cpu:.1f} | {times[0]} | {wall:.1f} | {times[1]} | {memory / 1024:.0f} | {failed or ''} |"


def speed(title, files, peers, folder):
    """Prints the table of one set of files."""
    size = sum(f.stat().st_size for f in files)
    print(f"\n{title}: {len(files)} file{'s' if len(files) > 1 else ''}, {size / 1024:.0f} KiB together\n")
    print("| reader | rounds | processor time, ms | × yusuan | wall time, ms | × yusuan | peak memory, MiB | files it fails on |")
    print("|---|---|---|---|---|---|---|---|")
    mine, lines = [], []
    for peer in peers:
        own, theirs = pairs(peer, files, folder)
        mine += own
        lines.append(row(peer.name, peer.memory(files, folder), theirs, own))
        print(lines[-1], file=sys.stderr, flush=True)
    print("\n".join([row(OWN.name, OWN.memory(files, folder), mine, None), *lines] if mine else ["| no peer is there |" + " |" * 7]))


def squeeze(s):
    """Leaves all blanks out."""
    return "".join(s.split())


def true_cells():
    """The texts of the filled cells of the truth, in order: blocks are pairs of
    a kind and, for a table, rows of cells of paragraphs."""
    blocks = json.loads(TRUTH.read_text())
    cells = (squeeze("".join(cell)) for kind, rows in blocks if kind == "t" for row in rows for cell in row)
    return [c for c in cells if c]


def in_order(cells, text):
    """The greatest number of cells that stand one behind the other in a text.

    ends[k] is the first place where k + 1 of the cells seen so far can end
    (Hunt and Szymanski's way to a longest common subsequence). The places of a
    cell are taken from the last to the first, so that it is not counted twice."""
    ends = []
    for cell in cells:
        places, at = [], text.find(cell)
        while at >= 0:
            places.append(at)
            at = text.find(cell, at + 1)
        for at in reversed(places):
            k = bisect.bisect_right(ends, at)
            if k == len(ends):
                ends.append(at + len(cell))
            elif at + len(cell) < ends[k]:
                ends[k] = at + len(cell)
    return len(ends)


def found(peers, folder):
    """Prints how many true cells every reader has."""
    cells = true_cells()
    print(f"\nThe {len(cells)} filled cells of the disclosure that come out, in order\n")
    print("| reader | cells | share |\n|---|---|---|")
    for reader in [OWN, *peers]:
        n = in_order(cells, squeeze(reader.text(DISCLOSURE, folder)))
        print(f"| {reader.name} | {n} | {100 * n / len(cells):.1f} % |")


def benchmark():
    """The reader alone, without the start of a process."""
    print("\nBenchmarkRead of extract/doc, on all cores:\n")
    done = subprocess.run(["go", "test", "-tags", "ne", "-run", "^$", "-bench", "BenchmarkRead", "-benchmem", "./extract/doc"],
                          cwd=ROOT, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("Benchmark")]
    print("\n".join("    " + line for line in lines) or "    it did not run: " + (done.stderr or done.stdout)[-500:])


def machine():
    cpu = platform.processor()
    info = pathlib.Path("/proc/cpuinfo")
    if info.exists():
        cpu = next((line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")), cpu)
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--tika", metavar="JAR", help="the tika-app jar; without it Tika is left out")
    a = parser.parse_args()
    if not YUSUAN.exists():
        sys.exit(f"{YUSUAN} is not there: make build")
    if not DISCLOSURE.exists():
        sys.exit(f"{DISCLOSURE} is not there: the real documents are kept outside the repository")
    if a.tika and not pathlib.Path(a.tika).exists():
        sys.exit(f"{a.tika} is not there")
    peers = [r for r in readers(a) if r.there()]
    print(f"{machine()}; {time.strftime('%Y-%m-%d')}; load {os.getloadavg()[0]:.1f} at the beginning")
    with tempfile.TemporaryDirectory() as folder:
        speed("handan-2020/disclosure.doc", [DISCLOSURE], peers, folder)
        speed("word/*.doc", sorted((CORPUS / "word").glob("*.doc")), peers, folder)
        found(peers, folder)
    benchmark()
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    for reader in readers(a):
        if not reader.there():
            print(f"not installed, left out: {reader.name} (extract/doc/oracle/install.sh)")
    if not a.tika:
        print("left out: Apache Tika (name its jar with --tika)")


if __name__ == "__main__":
    main()
