"""Every tool over every file of the corpus that it claims to read: what it
makes of it, and whether it stands it.

    python3 corpus/bench/files.py [TOOL...]

Writes out/bench/tables/TOOL/DOCUMENT.json, what the scorer reads, and
out/bench/files.json: per tool how many files were ok, ended with an error or a
signal, or took more than 60 s, and which deleted, hidden or invisible text
came out. Two processes at a time, one on each core; the documents with truth
come first. A tool that has used up its time (TOOL_SECONDS, 40) gets no more
files; the table says how many it did not get to, and the next run goes on from
there, since a peer of one version does the same again. yusuan reads all files
in every run. Deleting out/bench/files.json begins anew.
"""

import hashlib
import json
import os
import queue
import re
import shutil
import sys
import tempfile
import threading
import time

import common
import hidden
import parse
import pipeline
import process
import tools

SECONDS = float(os.environ.get("TOOL_SECONDS") or 40)


def documents():
    """The files of the corpus by format, those with truth first. What a file is
    called decides, as it does for a user who picks a tool; yusuan reads bytes."""
    found = [f for f in common.CORPUS.rglob("*") if f.suffix.lower()[1:] in (tools.PDF, tools.DOCX, tools.DOC) and f.is_file()]
    known = set(common.known())
    return sorted(found, key=lambda f: (f not in known, not watched(f), str(f)))


def watched(file):
    """Whether a file is a real disclosure, or one in which leaks are looked for."""
    return file.relative_to(common.CORPUS).parts[0] in ("putuo", "jiangsu") or bool(hidden.of(file))


def outcome(cost):
    """ok, error, crash or hang. A program that catches its own signal says so by
    128 + the signal."""
    if cost.late:
        return "hang"
    if cost.code < 0 or cost.code in (132, 134, 135, 136, 137, 139):
        return "crash"
    return "ok" if cost.code == 0 else "error"


def read(tool, version, file, core):
    """Runs a tool on a file and writes its tables."""
    relative = file.relative_to(common.CORPUS)
    with tempfile.TemporaryDirectory(prefix=core) as folder:
        cost = process.run(tool.command(file, folder), core)
        result = {"document": str(relative), "outcome": outcome(cost), "seconds": round(cost.wall, 3), "why": why(cost)}
        text, tables = "", []
        if result["outcome"] == "ok":
            said = tool.said(cost.out, file, folder)
            if not said.strip():
                result["outcome"], result["why"] = "nothing", "it printed nothing and did not fail"
            else:
                text, tables = understood(tool, said, result)
    squeezed = re.sub(r"\s+", "", text)
    result["tables"], result["leaks"] = len(tables), [h for h in hidden.of(file) if h in squeezed]
    result["wanted"] = [line in squeezed for line in hidden.wanted(file)]
    out = common.OUT / "tables" / tool.name / relative.parent / (relative.name + ".json")
    out.parent.mkdir(parents=True, exist_ok=True)
    value = {"tool": tool.name, "version": version, "document": str(relative), "text": text, "tables": tables}
    out.write_bytes(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
    return result


def why(cost):
    """The last line of what a process complained of."""
    lines = [line for line in cost.err.splitlines() if line.strip()]
    return (lines[-1] if lines else f"exit code {cost.code}")[:200] if cost.code else ""


def understood(tool, said, result):
    """Text and tables of an output; one that cannot be read is an error."""
    try:
        text, tables = tool.read(said)
        return text, [parse.compact(t) for t in tables]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as e:
        result["outcome"], result["why"] = "error", f"its output cannot be read: {type(e).__name__}: {e}"[:200]
        return "", []


def all_files(tool, version, files):
    """Runs a tool over files, two at a time."""
    work, results = queue.Queue(), []
    for f in files:
        work.put(f)
    end = time.time() + SECONDS

    def worker(core):
        while time.time() < end:
            try:
                results.append(read(tool, version, work.get_nowait(), core))
            except queue.Empty:
                return

    threads = [threading.Thread(target=worker, args=(str(core),)) for core in range(min(2, os.cpu_count()))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return results, work.qsize()


def code():
    """What the results of a peer depend on besides its version: this code, and
    which files there are."""
    sources = sorted([*common.HERE.glob("adapters/*.py"), *(common.HERE / n for n in ("files.py", "hidden.py", "parse.py", "tools.py"))])
    names = "".join(f"{f.relative_to(common.CORPUS)} {f.stat().st_size}\n" for f in documents())
    return hashlib.sha256(b"".join(f.read_bytes() for f in sources) + names.encode()).hexdigest()[:16]


def earlier(tool, key, kept):
    """What a run before found of a peer that is the same; its tables must be
    there still. A hang may have been the machine's doing, and is tried again."""
    before = kept.get(tool.name, {})
    if tool.peer == "yusuan" or before.get("key") != key:
        return []
    return [r for r in before["files"] if r["outcome"] != "hang" and (common.OUT / "tables" / tool.name / (r["document"] + ".json")).exists()]


def main():
    common.need(common.YUSUAN, "make build")
    common.need(common.CORPUS, "the real documents are kept outside the repository (CORPUS=folder)")
    versions = common.load("versions") or {}
    kept = (common.load("files") or {}).get("tools", {})
    kept = {t.name: kept[t.name] for t in tools.TOOLS if t.name in kept}
    for old in (common.OUT / "tables").glob("*"):
        if old.name not in [pipeline.NAME, *(t.name for t in tools.TOOLS)]:
            shutil.rmtree(old)
    files = documents()
    for tool in tools.TOOLS:
        if sys.argv[1:] and tool.name not in sys.argv[1:]:
            continue
        version = tool.version(versions)
        if version is None:
            shutil.rmtree(common.OUT / "tables" / tool.name, ignore_errors=True)
            kept[tool.name] = {"error": tool.error(versions)}
            continue
        begin, key = time.time(), f"{version} {code()}"
        before = earlier(tool, key, kept)
        if not before:
            shutil.rmtree(common.OUT / "tables" / tool.name, ignore_errors=True)
        done = {r["document"] for r in before}
        mine = [f for f in files if f.suffix.lower()[1:] in tool.formats and str(f.relative_to(common.CORPUS)) not in done]
        results, left = all_files(tool, version, mine)
        results = sorted(before + results, key=lambda r: r["document"])
        kept[tool.name] = {"version": version, "key": key, "formats": tool.formats, "left": left, "files": results}
        counts = {o: sum(r["outcome"] == o for r in results) for o in ("ok", "error", "nothing", "crash", "hang")}
        print(tool.name, counts, f"{left} left,", sum(len(r["leaks"]) for r in results), f"leaks, {time.time() - begin:.0f} s", flush=True)
        common.save("files", {"tools": kept})


if __name__ == "__main__":
    main()
