"""Writes RESULTS.md from the results under out/bench.

    python3 corpus/bench/report.py

Before that it scores the tables that the tools gave, if the scorer is there.
"""

import json
import os
import platform
import re
import subprocess
import sys

import common
import tools

SCORE = "corpus/score"
OUTCOMES = ("ok", "error", "nothing", "crash", "hang")


def table(head, rows):
    """A table of Markdown."""
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(str(c) for c in r) + " |" for r in rows)])


def scores():
    """Runs the scorer over the tables of all tools; None when it is not there
    or fails, with the reason."""
    if not (common.ROOT / SCORE).is_dir():
        return None, f"the scorer, {SCORE}, is not there"
    command = ["go", "run", "-tags", "ne", f"./{SCORE}", "--tables", "out/bench/tables", "--json"]
    if os.environ.get("CORPUS"):
        command += ["--corpus", str(common.CORPUS)]
    done = subprocess.run(command, cwd=common.ROOT, capture_output=True, text=True)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        return None, f"the scorer ended with {done.returncode}: {(done.stderr or done.stdout)[-300:].strip()}"
    common.save("scores", {"scores": found})
    return found, ""


def mean(values):
    """The mean of values to three digits, empty when there are none."""
    values = [v for v in values if v is not None]
    return f"{sum(values) / len(values):.3f}" if values else ""


def scored(found, tool, format):
    """The cells F1 of a tool over the documents of a format, and how many of
    their tables are whole."""
    mine = [s for s in found or [] if s["tool"] == tool and s["document"].lower().endswith("." + format)]
    whole, all_tables = sum(s.get("tables_whole") or 0 for s in mine), sum(s.get("tables") or 0 for s in mine)
    return mean([f1(s) for s in mine]), f"{whole} of {all_tables}" if mine else ""


def f1(score):
    """The cells F1, or that by row and text where the truth knows no columns."""
    if not score:
        return None
    value = score.get("cells_f1")
    return score.get("row_cells_f1") if value is None else value


def heading(title, result):
    """A heading with what was so when the part ran."""
    return f"## {title}\n\n{result['date']}, load {result['load']} at the end of this part, ROUNDS={result['rounds']}.\n"


def versions():
    """What is installed, and what is not."""
    found = common.load("versions") or {}
    rows = [(name, v.get("version") or "**not installed**", "" if v.get("ok") else v.get("error", "")) for name, v in found.items()]
    rows += [("Python", platform.python_version(), ""), ("Go", said("go", "version"), ""), ("Java", said("java", "-version"), "")]
    return "## Versions\n\n" + table(["tool", "version", "why not"], rows)


def said(*command):
    """The first line that a program says."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return "not there"
    return (done.stdout + done.stderr).splitlines()[0]


def right(found, why):
    """Cells F1 of every tool in every document of the truth."""
    out = ["## How right: cells\n"]
    if found is None:
        return out[0] + f"\nNot scored: {why}. The tables are under out/bench/tables."
    out.append("Cells F1 by the definition of the corpus, every tool's tables scored by one program (`corpus/score`); a tool that tells no tables has 0. "
               "Documents marked * have a truth without columns: their cells are compared by row and text. *Text* is the share of the truth's texts that stand in the tool's text.\n")
    known = [s for s in found if f1(s) is not None]
    for format in (tools.PDF, tools.DOCX, tools.DOC):
        mine = [s for s in known if s["document"].lower().endswith("." + format)]
        documents = sorted({s["document"] for s in mine})
        at = {(s["tool"], s["document"]): s for s in mine}
        names = sorted({s["tool"] for s in mine}, key=lambda n: (-sum(f1(at.get((n, d))) or 0 for d in documents), n != "yusuan", n))
        if documents:
            head = [d.rsplit("/", 1)[-1] + ("*" if any(s["document"] == d and s.get("cells_f1") is None for s in mine) else "") for d in documents]
            out.append(table(["tool", *head, "tables whole", "text"], [right_row(name, [at.get((name, d)) for d in documents]) for name in names]) + "\n")
    return "\n".join(out)


def right_row(name, mine):
    """A line of the table of scores; a document that was not scored is blank."""
    whole, all_tables = (sum((s or {}).get(k) or 0 for s in mine) for k in ("tables_whole", "tables"))
    figures = ["" if f1(s) is None else f"{f1(s):.4f}" for s in mine]
    return [name, *figures, f"{whole} of {all_tables}" if all_tables else "", mean([(s or {}).get("text_recall") for s in mine])]


def rate(value, prefix=""):
    """Pages a second of a PDF, MB a second otherwise, by processor time."""
    cpu = max(value[prefix + "cpu"], 1e-6)
    return f"{value['pages'] / cpu:,.1f}" if value["pages"] else f"{value['bytes'] / 1e6 / cpu:,.2f}"


def speed(format, found):
    """The speed of the readers of a format."""
    result = common.load(f"speed-{format}")
    if not result:
        return f"## How fast: .{format}\n\nNot measured."
    out = [heading(f"How fast: .{format}", result)]
    out.append("Whole processes on one core, in pairs of yusuan and the tool, file by file; both columns × say how many times as much as yusuan the tool takes on the same files.\n")
    unit = "pages/s" if format == tools.PDF else "MB/s"
    for s in result["sets"]:
        what = f"{s['files']} files, {s['bytes'] / 1e6:.1f} MB" + (f", {s['pages']} pages" if s["pages"] else "")
        out.append(f"### {s['title']} ({', '.join(s['folders'])}): {what}\n")
        out.append(table(["tool", "finds", "files", "passes", f"{unit} of processor time", f"yusuan, {unit}", "documents/s", "× processor time", "× wall time", "peak memory, MiB", "yusuan, MiB", "cells F1"],
                         [speed_row(r, found, format) for r in s["rows"]]) + "\n")
    rows = [(r["tool"], r["file"], f"{1000 * r['cpu']:.0f}", f"{1000 * r['wall']:.0f}", f"{1000 * r['own_cpu']:.0f}", f"{1000 * r['own_wall']:.0f}") for r in result["startup"]]
    out.append("### Start-up\n\n" + table(["tool", "on", "processor time, ms", "wall, ms", "yusuan, ms", "yusuan, wall, ms"], rows))
    out += [f"\nNot measured: {m['tool']}: {m['error']}" for m in result["missing"]]
    return "\n".join(out)


def speed_row(r, found, format):
    """A line of the table of speeds."""
    if "error" in r:
        return [r["tool"], "", r["error"], *[""] * 9]
    files = f"{r['files']}" + (f" ({r['failed']} failed)" if r["failed"] else "")
    return [r["tool"], r["finds"], files, r["passes"], rate(r), rate(r, "own_"), f"{r['files'] / r['wall']:.1f}", f"{r['ratio_cpu']:.2f}", f"{r['ratio_wall']:.2f}",
            f"{r['memory'] / 1024:.0f}", f"{r['own_memory'] / 1024:.0f}", scored(found, r["tool"], format)[0]]


def robust():
    """What every tool made of all files."""
    result = common.load("files")
    if not result:
        return "## How robust\n\nNot measured."
    out = [heading("How robust", result), "Every file of the corpus whose name has one of the tool's formats. *error* is an exit code, *nothing* an empty output without one, *crash* a signal, *hang* more than 60 s; "
           "encrypted and broken files are errors for good reason. *Left* are files that the tool's time did not suffice for. Leaks are texts that are deleted or hidden in the file and came out. *Odd encodings* are the lines of text of the files of pdf/encodings that came out.\n"]
    rows, silent = [], [t.name for t in tools.TOOLS if t.finds == "tables"]
    for name, v in result["tools"].items():
        if "error" in v:
            rows.append([name, "", "not installed", *[""] * 8])
            continue
        counts = [sum(r["outcome"] == o for r in v["files"]) for o in OUTCOMES]
        lines = [line for r in v["files"] for line in r.get("wanted", []) if name not in silent]
        rows.append([name, ", ".join(v["formats"]), len(v["files"]), *counts, v["left"] or "", sum(len(r["leaks"]) for r in v["files"]), f"{sum(lines)} of {len(lines)}" if lines else ""])
    out.append(table(["tool", "formats", "files", *OUTCOMES, "left", "leaks", "odd encodings"], rows) + "\n")
    own = result["tools"].get("yusuan", {"files": []})["files"]
    blank = sum("no text" in r["why"] for r in own)
    out.append(f"yusuan calls a document without text an error, as {blank} of its {sum(r['outcome'] == 'error' for r in own)} are; others say nothing and succeed.\n")
    bad = [(name, r["document"], r["outcome"], r["why"].replace("|", "\\|")) for name, v in result["tools"].items() for r in v.get("files", []) if r["outcome"] in ("crash", "hang")]
    if bad:
        out.append("### Crashes and hangs\n\n" + table(["tool", "file", "", "said"], bad) + "\n")
    leaks = [(name, r["document"], "、".join(r["leaks"])) for name, v in result["tools"].items() for r in v.get("files", []) if r["leaks"]]
    if leaks:
        out.append("### Leaks\n\n" + table(["tool", "file", "text"], leaks) + "\n")
    return "\n".join(out)


def pipeline():
    """yusuan run against the script."""
    result = common.load("pipeline")
    if not result or "error" in result:
        return "## Whole pipeline\n\nNot measured: " + (result or {}).get("error", "it did not run")
    out = [heading("Whole pipeline", result), f"`yusuan run --workers 1` against corpus/bench/script.py ({result['version']}), one process each for all files, on one core.\n"]
    rows = []
    for s in result["sets"]:
        if "error" in s:
            rows.append([s["title"], s["files"], s["error"], *[""] * 6])
            continue
        rows.append([s["title"], s["files"], f"{s['files'] / s['own_cpu']:.1f}", f"{s['files'] / s['cpu']:.2f}", f"{s['files'] / s['own_wall']:.1f}", f"{s['files'] / s['wall']:.2f}",
                     f"{s['ratio_cpu']:.1f}", f"{s['ratio_wall']:.1f}", f"{s['own_memory'] / 1024:.0f} / {s['memory'] / 1024:.0f}"])
    out.append(table(["set", "documents", "yusuan, documents/s of processor time", "script", "yusuan, documents/s by the clock", "script", "× processor time", "× wall", "memory of the largest process, MiB"], rows))
    return "\n".join(out)


def parquet_rows():
    """Rows a second into Parquet."""
    result = common.load("rows")
    if not result:
        return "## Parquet\n\nNot measured."
    rows = [(r["tool"], f"{r['rows']:,}", f"{r['rows_s']:,.0f}", f"{r['bytes'] / 1e6:.2f}") if "error" not in r else (r["tool"], r["error"], "", "") for r in result["results"]]
    base = next((r["rows_s"] for r in result["results"] if r["tool"] == "yusuan" and "rows_s" in r), None)
    rows = [(*r, f"{x['rows_s'] / base:.2f}" if base and "rows_s" in x else "") for r, x in zip(rows, result["results"])]
    return heading("Parquet", result) + ("\nThe table `cells` of generated documents, in memory, to one file with ZSTD and dictionaries, one core, the best of the rounds "
           f"({result['version']}). yusuan turns rows of Go into columns and writes a page index, bounds and a Bloom filter; pyarrow begins with columns, DuckDB with a table of its own.\n\n") \
        + table(["writer", "rows", "rows/s", "file, MB", "× yusuan's rows/s"], rows)


def stages():
    """The benchmarks of the stages, and how far they are from their floors."""
    result = common.load("go")
    if not result:
        return "## Stages\n\nNot measured."
    at = {r["name"]: r for r in result["benchmarks"]}
    out = [heading("Stages", result)]
    rows = []
    for what, name, floor, of in FLOORS:
        if name in at and floor in at:
            rows.append([what, name, f"{at[name]['ns/op'] / 1e6:.2f}", floor, f"{at[floor]['ns/op'] / 1e6:.2f}", f"{at[name]['ns/op'] / at[floor]['ns/op']:.2f}", of])
    if rows:
        out.append("### Distance from the floor\n\n" + table(["stage", "benchmark", "ms", "floor", "ms", "×", "the floor only"], rows) + "\n")
    memory = at.get("corpus/bench.Memory")
    if memory:
        out.append(f"Memory: {memory['MB/s'] / 1000:.1f} GB/s copied on one core.\n")
    keys = ["ns/op", "MB/s", "B/op", "allocs/op"]
    lines = []
    for r in result["benchmarks"]:
        other = ", ".join(f"{v:,.0f} {k}" for k, v in r.items() if k not in ("name", "n", *keys))
        lines.append([r["name"], *(f"{r[k]:,.0f}" if k in r else "" for k in keys), other])
    out.append("### All benchmarks\n\n" + table(["benchmark", *keys, ""], lines))
    out += [f"\nDid not run: {e}" for e in result["failed"]]
    return "\n".join(out)


FLOORS = [
    ("a disclosure as .docx", "extract/docx.Read", "extract/docx.Inflate", "unpacks the parts"),
    ("all real .docx", "extract/docx.Corpus/read", "extract/docx.Corpus/inflate", "unpacks the parts that are read"),
    ("a disclosure as .doc", "extract/doc.Read", "extract/doc.Container", "opens the compound file and reads its streams"),
    ("pages of putuo", "extract/pdf/content.Page/putuo", "extract/pdf/content.Objects/putuo", "reads the objects and unpacks the content"),
    ("pages of jiangsu", "extract/pdf/content.Page/jiangsu", "extract/pdf/content.Objects/jiangsu", "reads the objects and unpacks the content"),
]


def ratio(format, tool, key="ratio_cpu"):
    """The ratio of a tool on the disclosures of a format, None if it has none."""
    for s in (common.load(f"speed-{format}") or {"sets": []})["sets"][:1]:
        return next((r.get(key) for r in s["rows"] if r["tool"] == tool), None)
    return None


def targets():
    """What was wanted, and what was measured, by processor time."""
    rows = []

    def line(want, value, least):
        if value is None:
            rows.append([want, "not measured", ""])
        else:
            rows.append([want, f"{value:.2f}", "met" if value >= least else "**missed**"])

    line("PDF: ≥ 1 × pdftotext -bbox-layout", ratio("pdf", "pdftotext -bbox-layout"), 1)
    line("PDF: ≥ 100 × pdfplumber", ratio("pdf", "pdfplumber"), 100)
    line("PDF: ≥ 20 × OpenDataLoader", ratio("pdf", "OpenDataLoader"), 20)
    line(".docx: ≥ 100 × python-docx", ratio("docx", "python-docx"), 100)
    line(".docx: ≥ 100 × pandoc", ratio("docx", "pandoc"), 100)
    line(".doc: ≥ 2 × antiword", ratio("doc", "antiword DocBook"), 2)
    line(".doc: ≥ 300 × LibreOffice", ratio("doc", "LibreOffice"), 300)
    for s in (common.load("pipeline") or {}).get("sets", []):
        line(f"whole pipeline, {s['title']}: ≥ 100 × the script", s.get("ratio_cpu"), 100)
    at = {r["name"]: r["ns/op"] for r in (common.load("go") or {"benchmarks": []})["benchmarks"]}
    for _, name, floor, _ in FLOORS[:2]:
        over = at[name] / at[floor] if name in at and floor in at else None
        rows.append([f"{name}: ≤ 4 × inflating", f"{over:.2f}" if over else "not measured", "" if not over else "met" if over <= 4 else "**missed**"])
    for p in (common.load("growth") or {"parts": []})["parts"]:
        if "exponent_cpu" in p:
            worst = max(p["exponent_cpu"], p["last_cpu"])
            rows.append([f"exponent over {p['unit']} ≤ 1.05", f"{worst:.3f}", "met" if worst <= 1.05 else "**missed**"])
    return "## Targets\n\nBy processor time, on the disclosures.\n\n" + table(["target", "measured", ""], rows)


def growth():
    """Exponents."""
    result = common.load("growth")
    if not result:
        return "## Growth\n\nNot measured."
    out = [heading("Growth", result), "Exponents of processor time, fitted to all sizes, and between the two largest sizes, where the start of a process does not count.\n"]
    rows = []
    for p in result["parts"]:
        points = ", ".join(f"{x['size']:,}: {x['cpu']:.2f}" for x in p["points"])
        if "speedup" in p:
            out.append(f"Two cores: {p['command']} take {p['points'][0]['wall']:.1f} s on one core and {p['points'][1]['wall']:.1f} s on two, {p['speedup']:.2f} times as fast.\n")
            continue
        rows.append([p["unit"], p["command"], points, f"{p.get('exponent_cpu', 0):.3f}", f"{p.get('last_cpu', 0):.3f}", "; ".join(p["failed"])])
    out.append(table(["of", "command", "size: seconds of processor time", "exponent", "of the last step", "failed"], rows))
    return "\n".join(out)


def duration():
    """How long the parts took, and which failed."""
    parts = (common.load("parts") or {}).get("parts", {})
    took = ", ".join(f"{name} {p['seconds']} s" + (f" (**ended with {p['code']}**)" if p["code"] else "") for name, p in parts.items())
    return f"\nThe parts took {took}; together {sum(p['seconds'] for p in parts.values()) / 60:.0f} minutes.\n" if parts else ""


def main():
    found, why = scores()
    if why:
        print(why, file=sys.stderr)
    parts = [f"""# yusuan beside its peers

`make bench` on {common.machine()}; each part says when it ran. All files are those of ../shared/corpus; the peers are installed by
corpus/bench/install.py, and how each is run is in corpus/bench/tools.py. This file is written by corpus/bench/report.py.

Times are medians. Processor time hardly suffers from what else the machine does, time by the clock does.
{duration()}""", targets(), right(found, why), *(speed(f, found) for f in (tools.PDF, tools.DOCX, tools.DOC)), robust(), pipeline(), parquet_rows(), stages(), growth(), versions(), (common.HERE / "NOTES.md").read_text()]
    text = "\n\n".join(p.rstrip() for p in parts) + "\n"
    for path, name in ((common.CORPUS, "corpus"), (common.ROOT, "yusuan")):  # whose machine it was is nobody's business
        text = text.replace(str(path), name)
    (common.HERE / "RESULTS.md").write_text(re.sub(r"https?://[^\s|)]+", "…", text))


if __name__ == "__main__":
    main()
