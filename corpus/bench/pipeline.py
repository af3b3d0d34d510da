"""The whole way from files to Parquet: yusuan run against script.py, on one
core, one process for all files of a set.

    python3 corpus/bench/pipeline.py

Writes out/bench/pipeline.json, and the script's tables of the real documents
for the scorer. The sets: the real disclosures that both read (PDF and .docx),
and 100 generated .docx. yusuan also reads the
records, checks sums and writes fourteen tables; the script writes two.
"""

import json
import pathlib
import shutil
import statistics
import tempfile

import common
import parse
import process

NAME = "script (pdfplumber, python-docx, pandas)"


def disclosures():
    """The real disclosures that both read."""
    pdfs = [f for name in ("putuo", "jiangsu") for f in sorted((common.CORPUS / name).glob("*.pdf"))]
    return [*(common.CORPUS / "handan-2020" / f"disclosure.{x}" for x in ("docx", "pdf")), *pdfs]


def generated(folder):
    """100 invented disclosures."""
    process.run([common.YUSUAN, "synth", "-o", folder, "--documents", "100"])
    return sorted(folder.rglob("*.docx"))


def once(files):
    """A run of yusuan and one of the script: their costs."""
    with tempfile.TemporaryDirectory() as folder:
        own = process.run([common.YUSUAN, "run", *files, "-o", f"{folder}/dataset", "--workers", "1"], limit=300)
        theirs = process.run([common.python("script"), common.HERE / "script.py", f"{folder}/script", *files], limit=300)
        keep(f"{folder}/script/tables.json")
    return own, theirs


def keep(path):
    """Writes the script's tables in the form of the scorer."""
    if not pathlib.Path(path).exists():
        return
    for name, found in json.loads(pathlib.Path(path).read_text()).items():
        file = pathlib.Path(name)
        if common.CORPUS not in file.parents:
            continue
        relative = file.relative_to(common.CORPUS)
        tables = [{"page": page, "last_page": page, "cells": [[r, c, 1, 1, x] for r, row in enumerate(rows) for c, x in enumerate(row)]} for page, rows in found]
        tables = [parse.compact(t) for t in tables]
        text = "\n".join(c[4] for t in tables for c in t["cells"])
        out = common.OUT / "tables" / NAME / relative.parent / (relative.name + ".json")
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps({"tool": NAME, "version": "", "document": str(relative), "text": text, "tables": tables}, ensure_ascii=False))


def compare(title, files, rounds):
    """The medians of the rounds of a set."""
    pairs = [once(files) for _ in range(rounds)]
    failed = [p for p in pairs if p[1].code != 0 or p[0].code not in (0, 3)]
    if failed:
        return {"title": title, "files": len(files), "error": (failed[0][1].err or failed[0][0].err)[-300:]}
    value = {"title": title, "files": len(files), "bytes": sum(f.stat().st_size for f in files), "rounds": rounds}
    for what in ("cpu", "wall", "memory"):
        value["own_" + what] = statistics.median(getattr(own, what) for own, _ in pairs)
        value[what] = statistics.median(getattr(theirs, what) for _, theirs in pairs)
    for what in ("cpu", "wall"):
        value["ratio_" + what] = statistics.median(getattr(theirs, what) / getattr(own, what) for own, theirs in pairs)
    return value


def main():
    common.need(common.YUSUAN, "make build")
    versions = (common.load("versions") or {}).get("script", {})
    if not versions.get("ok"):
        common.save("pipeline", {"error": versions.get("error", "install.py has not tried it")})
        return
    folder = common.OUT / "generated"
    shutil.rmtree(folder, ignore_errors=True)
    sets = [compare("100 generated .docx", generated(folder), min(3, common.rounds()))]
    if common.CORPUS.exists():
        sets.insert(0, compare("real disclosures, .docx and PDF", disclosures(), 1))
    for s in sets:
        print(s["title"], s.get("error") or f"{s['ratio_cpu']:.1f} x cpu, {s['ratio_wall']:.1f} x wall", flush=True)
    common.save("pipeline", {"name": NAME, "version": versions["version"], "sets": sets})


if __name__ == "__main__":
    main()
