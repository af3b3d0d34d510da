"""How fast yusuan and its peers read files: whole processes on one core, in
pairs of yusuan and a peer, file by file in turn.

    python3 corpus/bench/speed.py pdf|docx|doc [TOOL...]

Writes out/bench/speed-FORMAT.json. There are two sets of each format: the real
disclosures, and the other files of the corpus. A pass goes once over a set;
there are at most ROUNDS passes, and no pair begins when a peer has used up its
time (SPEED_SECONDS for a set, 10), so a slow peer may see some files only. The
figures of a peer and the ratio are over the files that both read in the same
passes: sums over the files of each pass, then the median over the passes.
A file on which either fails says nothing about speed and is left out.

Start-up is the time on the smallest file that there is of a format, the median
of ROUNDS pairs.
"""

import json
import os
import pathlib
import random
import statistics
import sys
import tempfile
import time

import common
import process
import tools

SECONDS = float(os.environ.get("SPEED_SECONDS") or 10)
SETS = {
    "pdf": [("disclosures", ["putuo", "jiangsu"]), ("test files", ["pdf"])],
    "docx": [("a disclosure", ["handan-2020"]), ("test files", ["word"])],
    "doc": [("a disclosure", ["handan-2020"]), ("test files", ["word"])],
}
OWN = tools.TOOLS[0]


def pages(file):
    """The pages of a file as yusuan counts them."""
    done = process.run(OWN.command(file, ""))
    return json.loads(done.out)["source"].get("pages", 0) if done.code == 0 else 0


def readable(folders, format):
    """The files of a set that yusuan reads, in an order that is mixed and always
    the same, so that the first ones stand for all."""
    found = sorted(f for folder in folders for f in (common.CORPUS / folder).rglob("*") if f.suffix.lower() == "." + format)
    found = [f for f in found if process.run(OWN.command(f, ""), keep=False).code == 0]
    random.Random(1).shuffle(found)
    return found


def pair(tool, file):
    """One run of yusuan and one of a peer on a file, None when either fails."""
    costs = []
    for t in (OWN, tool):
        with tempfile.TemporaryDirectory(prefix="0") as folder:
            cost = process.run(t.command(file, folder), keep=False)
        if cost.code != 0 or cost.late:
            return None
        costs.append(cost)
    return costs


def passes(tool, files):
    """The pairs of up to ROUNDS passes over files: a list of {file: pair}, and
    the files on which a pair failed."""
    end, done, failed = time.time() + SECONDS, [], set()
    pair(tool, files[0])
    for _ in range(common.rounds()):
        got = {}
        for f in files:
            if time.time() > end and (got or done):
                break
            if f in failed:
                continue
            both = pair(tool, f)
            if both is None:
                failed.add(f)
            else:
                got[f] = both
        if got:
            done.append(got)
        if time.time() > end:
            break
    whole = [d for d in done if len(d) == len(done[0])]
    return whole, failed


def total(part, i, what):
    """The sum of a cost of yusuan (0) or the peer (1) over a pass."""
    return sum(getattr(both[i], what) for both in part.values())


def row(tool, version, done, failed):
    """What is kept of a peer on a set."""
    files = list(done[0])
    value = {"tool": tool.name, "version": version, "finds": tool.finds, "passes": len(done), "files": len(files), "failed": len(failed)}
    value["bytes"] = sum(f.stat().st_size for f in files)
    value["pages"] = sum(PAGES.get(f, 0) for f in files)
    for what in ("cpu", "wall"):
        value[what] = statistics.median(total(d, 1, what) for d in done)
        value["own_" + what] = statistics.median(total(d, 0, what) for d in done)
        value["ratio_" + what] = statistics.median(total(d, 1, what) / max(total(d, 0, what), 1e-6) for d in done)
    for i, (t, key) in enumerate(((OWN, "own_memory"), (tool, "memory"))):
        f = max(files, key=lambda f: done[0][f][i].memory)
        with tempfile.TemporaryDirectory(prefix="0") as folder:
            value[key] = process.memory(t.command(f, folder), done[0][f][i])
    return value


PAGES = {}


def one_set(title, folders, format, there):
    """Compares every peer on a set of files."""
    files = readable(folders, format)
    if format == "pdf":
        PAGES.update({f: pages(f) for f in files})
    rows = []
    for tool, version in there:
        if version is None:
            continue
        done, failed = passes(tool, files)
        if not done:
            rows.append({"tool": tool.name, "version": version, "error": "no file of the set was read"})
            continue
        rows.append(row(tool, version, done, failed))
        r = rows[-1]
        print(f"{format} {title}: {tool.name} {r['files']} files, {r['passes']} passes, {r['ratio_cpu']:.2f} x cpu, {r['ratio_wall']:.2f} x wall", flush=True)
    size = sum(f.stat().st_size for f in files)
    return {"title": title, "folders": folders, "files": len(files), "bytes": size, "pages": sum(PAGES.get(f, 0) for f in files), "rows": rows}


def startup(format, there):
    """Every tool on the smallest file of a format that it reads."""
    files = sorted((f for f in common.CORPUS.rglob("*") if f.suffix.lower() == "." + format), key=lambda f: f.stat().st_size)
    rows = []
    for tool, version in there:
        if version is None:
            continue
        for f in files[:12]:
            pairs = [p for p in (pair(tool, f) for _ in range(min(3, common.rounds()))) if p]
            if pairs:
                value = {"tool": tool.name, "file": str(f.relative_to(common.CORPUS)), "bytes": f.stat().st_size}
                for i, key in enumerate(("own_", "")):
                    value[key + "cpu"] = statistics.median(p[i].cpu for p in pairs)
                    value[key + "wall"] = statistics.median(p[i].wall for p in pairs)
                rows.append(value)
                break
    return rows


def main():
    format, names = sys.argv[1], sys.argv[2:]
    common.need(common.YUSUAN, "make build")
    common.need(common.CORPUS, "the real documents are kept outside the repository (CORPUS=folder)")
    versions = common.load("versions") or {}
    there = [(t, t.version(versions)) for t in tools.TOOLS[1:] if format in t.formats and (not names or t.name in names)]
    missing = [{"tool": t.name, "error": t.error(versions)} for t, version in there if version is None]
    sets = [one_set(title, folders, format, there) for title, folders in SETS[format]]
    common.save(f"speed-{format}", {"sets": sets, "startup": startup(format, there), "missing": missing})


if __name__ == "__main__":
    main()
