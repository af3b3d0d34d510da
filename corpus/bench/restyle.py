"""Prints the tables that people wrote down as truth in other ways than their
documents do, and scores what yusuan reads of the prints: the same content with
rules of other kinds or none, other breaks of pages, other programs.

    python3 corpus/bench/restyle.py [--corpus FOLDER] [--out FOLDER] [STYLE...]

Chromium and LibreOffice do the printing. Writes OUT/STYLE/ (laid out like the
corpus, so that `go run ./corpus/score --corpus OUT/STYLE --diff` shows what
differs) and OUT/scores.tsv: per style the F1 of cells and of budget lines, lines
beyond the truth, and tables that are whole.
"""

import argparse
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys

import common

# What all styles share. Columns are as wide as their longest text, so that the
# programs do not fold columns in which no cell stands alone.
BASE = """
body { font-family: "Noto Serif CJK SC", serif; margin: 0 } h1 { font-size: 22pt; text-align: center; margin-top: 200pt }
h2 { font-size: 14pt; text-align: center; margin: 0 0 4pt } .unit { text-align: right; font-size: 9pt } .number { font-size: 9pt }
table { width: 100%; border-collapse: collapse; table-layout: fixed } td, th { padding: 2pt 3pt; font-weight: normal; overflow-wrap: anywhere }
.money { text-align: right } .head { text-align: center } .table { break-before: page }
"""

PORTRAIT, LANDSCAPE = "@page { size: A4; margin: 2cm }", "@page { size: A4 landscape; margin: 2cm }"
RULED = "td, th { border: 0.75pt solid black }"

# name: (program, size of print, header repeated on each page, style)
STYLES = {
    "ruled": ("chromium", 8, True, PORTRAIT + RULED),
    "flowing": ("chromium", 9, False, PORTRAIT + RULED + ".table { break-before: auto; margin-top: 14pt }"),
    "large": ("chromium", 11, False, LANDSCAPE + "td, th { border: 0.5pt solid #444; vertical-align: top }"),
    "dotted": ("chromium", 9, True, LANDSCAPE + "td, th { border: 0.75pt dotted black }"),
    "double": ("chromium", 9, False, LANDSCAPE + "table { border-collapse: separate; border-spacing: 2px } table, td, th { border: 1px solid black }"),
    "level rules": ("chromium", 9, True, LANDSCAPE + "td, th { border: 0.5pt solid black; border-left: none; border-right: none }"),
    "three rules": ("chromium", 9, True, LANDSCAPE + "table { border-top: 1.5pt solid; border-bottom: 1.5pt solid } .last { border-bottom: 0.75pt solid }"),
    "coloured rows": ("chromium", 9, True, LANDSCAPE + "tr:nth-child(even) td { background: #e8eef8 } th { background: #4472c4; color: white }"),
    "writer pdf": ("pdf", 8, True, PORTRAIT + RULED),
    "writer docx": ("docx", 8, True, PORTRAIT + RULED),
    "writer doc": ("doc", 8, True, PORTRAIT + RULED),
}


def is_money(text):
    return bool(text.strip()) and all(c in "0123456789,.-，%" for c in text.strip())


def table_html(table, program, repeated):
    """A table of the truth; its cells are [row, column, rows, columns, text]."""
    widths = [3] * table["cols"]
    for row, col, _, spanned, text in table["cells"]:
        if spanned == 1 and row >= table["header_rows"]:
            widths[col] = max(widths[col], min(len(text), 16) + 2)
    rows = [[] for _ in range(table["rows"])]
    for row, col, down, across, text in table["cells"]:
        rows[row].append((col, down, across, text))
    out = ["<table border=1 cellspacing=0>" if program != "chromium" else "<table>", "<colgroup>"]
    out += [f'<col style="width: {100 * w / sum(widths):.2f}%">' for w in widths]
    head = table["header_rows"]
    for i, row in enumerate(rows):
        out.append("<thead>" if repeated and head and i == 0 else "<tbody>" if i in (0, head) else "")
        tag = "th" if i < head else "td"
        out.append("<tr>")
        for _, down, across, text in sorted(row):
            kind = "head" if i < head else "money" if is_money(text) else ""
            last = " last" if i + down == head else ""
            out.append(f'<{tag} rowspan={down} colspan={across} class="{kind}{last}">{html.escape(text).replace(chr(10), "<br>")}</{tag}>')
        out.append("</tr>")
    return "".join(out) + "</table>"


def page_html(truth, style):
    program, size, repeated, css = style
    document = truth["document"]
    kind = "决算" if document["kind"] == "final_account" else "预算"
    out = [f"<html lang=zh><meta charset=utf-8><style>{BASE} table {{ font-size: {size}pt }} {css}</style>",
           f'<h1>{document["department"]}<br>{document["fiscal_year"]}年部门{kind}公开</h1>']
    for table in truth["tables"]:
        out.append("<div class=table>")
        if table.get("form_no"):
            out.append(f'<p class=number>{table["form_no"]}</p>')
        out.append(f'<h2>{html.escape(table["title"])}</h2>')
        if table.get("unit") and table["header_rows"]:
            out.append(f'<p class=unit>单位：{table["unit"]}</p>')
        out.append(table_html(table, program, repeated) + "</div>")
    return "".join(out) + "</html>"


def run(*command):
    subprocess.run([str(c) for c in command], check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=300)


def print_page(page, program):
    """Prints an HTML file beside it and returns what it is now called."""
    if program == "chromium":
        out = page.with_suffix(".pdf")
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.absolute().as_uri())
        return out
    profile = (common.OUT / "office").absolute().as_uri()  # of its own: one that runs already would print instead
    office = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    run(*office, "--infilter=HTML (StarWriter)", "--convert-to", "odt", "--outdir", page.parent, page)
    run(*office, "--convert-to", program, "--outdir", page.parent, page.with_suffix(".odt"))
    page.with_suffix(".odt").unlink()
    return page.with_suffix("." + program)


def restyle(corpus, folder, style):
    """Prints all truth with tables in a style; pages are no longer known."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "truth").mkdir(parents=True)
    for file in sorted(corpus.rglob("*.truth.json")):
        truth = json.loads(file.read_text())
        if not truth.get("tables") or not truth.get("document"):
            continue
        page = folder / (file.name.removesuffix(".truth.json") + ".html")
        page.write_text(page_html(truth, style))
        printed = print_page(page, style[0])
        page.unlink()
        truth["document"]["file"] = printed.name
        truth["document"].pop("sha256", None)
        truth.pop("narrative", None)
        for table in truth["tables"]:
            table.pop("first_page", None), table.pop("last_page", None)
        (folder / "truth" / file.name).write_text(json.dumps(truth, ensure_ascii=False))


def score(folder):
    """The sums of n and m of the metrics over all documents, and the number of
    budget lines that are not in the truth."""
    out = folder / "scores.tsv"
    done = subprocess.run(["go", "run", "-tags", "ne", "./corpus/score", "--corpus", folder, "--diff", "-o", out], cwd=common.ROOT, capture_output=True, text=True)
    if not out.exists():
        sys.exit(done.stderr)
    sums = {}
    for line in out.read_text().splitlines():
        fields = line.split("\t")
        if len(fields) >= 4 and re.fullmatch(r"\d+/\d+", fields[-1]):
            n, m = map(int, fields[-1].split("/"))
            before = sums.get(fields[-3], (0, 0))
            sums[fields[-3]] = before[0] + n, before[1] + m
    return sums, done.stdout.count("lines_f1: beyond the truth")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=pathlib.Path, default=common.ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=pathlib.Path, default=common.ROOT / "out" / "styles")
    parser.add_argument("styles", nargs="*", default=list(STYLES))
    args = parser.parse_args()
    for program in ("chromium", "soffice"):
        if not shutil.which(program):
            sys.exit(f"{program} is not there; on Debian: apt-get install chromium libreoffice-writer fonts-noto-cjk")
    if not args.corpus.is_dir():
        sys.exit(f"{args.corpus}: no such folder; --corpus names one with truth")
    rows = ["style\tcells_f1\tlines_f1\tlines_beyond\ttables_whole"]
    for name in args.styles:
        folder = args.out / name.replace(" ", "-")
        restyle(args.corpus, folder, STYLES[name])
        sums, beyond = score(folder)
        share = lambda metric: "{:.4f}".format(sums[metric][0] / max(1, sums[metric][1]))
        whole = "/".join(map(str, sums["tables_whole"]))
        rows.append(f"{name}\t{share('cells_f1')}\t{share('lines_f1')}\t{beyond}\t{whole}")
        print(rows[-1], flush=True)
    (args.out / "scores.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
