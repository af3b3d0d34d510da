"""The script that a data team would write: tables of Word files and PDFs into
Parquet, with pdfplumber or python-docx, pandas and pyarrow. It is a peer: kept
as simple and as fair as such scripts are, in one process for all files.

    script.py FOLDER FILE...

Writes FOLDER/cells.parquet (a row for each cell) and FOLDER/lines.parquet (a
row for each amount, with the name in its row and the label of its column), and
FOLDER/tables.json, the tables of every file for the scorer, which costs next to
nothing.
"""

import json
import pathlib
import re
import sys

import docx
import pandas as pd
import pdfplumber
import pyarrow as pa
import pyarrow.parquet as pq

AMOUNT = re.compile(r"^-?\d{1,3}(,?\d{3})*(\.\d+)?$")


def word_tables(path):
    """Tables of a .docx as rows of texts; a merged cell is repeated by
    python-docx and kept once."""
    for table in docx.Document(path).tables:
        rows, seen = [], set()
        for row in table.rows:
            texts = []
            for cell in row.cells:
                texts.append("" if cell._tc in seen else cell.text.strip())
                seen.add(cell._tc)
            rows.append(texts)
        yield 0, rows


def pdf_tables(path):
    """Tables of a PDF as rows of texts; one that begins a page and has as many
    columns as the last of the page before goes on with it."""
    last = None
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for n, rows in enumerate(page.extract_tables()):
                rows = [[(text or "").replace("\n", "").strip() for text in row] for row in rows]
                if n == 0 and last and last[2] == page.page_number - 1 and len(last[1][0]) == len(rows[0]):
                    last[1].extend(rows[1:] if rows[0] == last[1][0] else rows)
                    last[2] = page.page_number
                    continue
                if last:
                    yield last[0], last[1]
                last = [page.page_number, rows, page.page_number]
            page.close()
    if last:
        yield last[0], last[1]


def tables(path):
    """The tables of a file by its name."""
    return list(word_tables(path) if path.endswith(".docx") else pdf_tables(path))


def amount(text):
    """The number that a cell is, None when it is text."""
    text = text.replace("，", ",").strip()
    return float(text.replace(",", "")) if AMOUNT.match(text) else None


def cells(document, found):
    """A row for each cell that is not empty."""
    for t, (page, rows) in enumerate(found):
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text:
                    yield document, t, page, r, c, text


def lines(document, found):
    """A row for each amount: the header is what stands above the first row with
    an amount, the name is the first text of the row."""
    for t, (_, rows) in enumerate(found):
        first = next((r for r, row in enumerate(rows) if any(amount(x) is not None and ("." in x or "," in x) for x in row)), None)
        if first is None:
            continue
        labels = [" ".join(dict.fromkeys(row[c] for row in rows[:first] if c < len(row) and row[c])) for c in range(max(map(len, rows)))]
        for row in rows[first:]:
            name = next((x for x in row if x and amount(x) is None), "")
            code = next((x for x in row if re.fullmatch(r"\d{3,7}", x)), "")
            for c, text in enumerate(row):
                value = amount(text)
                if value is not None and text != code:
                    yield document, t, code, name, labels[c], text, value


def main():
    folder, files = pathlib.Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    all_cells, all_lines, kept = [], [], {}
    for path in files:
        found = tables(path)
        kept[path] = found
        all_cells += cells(path, found)
        all_lines += lines(path, found)
    frames = {
        "cells": pd.DataFrame(all_cells, columns=["document", "table", "page", "row", "col", "text"]),
        "lines": pd.DataFrame(all_lines, columns=["document", "table", "code", "name", "measure", "raw", "amount"]),
    }
    for name, frame in frames.items():
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), folder / f"{name}.parquet", compression="zstd")
    (folder / "tables.json").write_text(json.dumps(kept, ensure_ascii=False))


if __name__ == "__main__":
    main()
