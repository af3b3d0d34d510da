"""docx2python: its nested lists of tables, rows, cells and paragraphs, in which
text outside tables stands as a table of one cell. Merged cells are not repeated
(their places are empty); how far one spans it does not tell."""

import sys
import warnings

import grid
from docx2python import docx2python

warnings.simplefilter("ignore")


def said(paragraph):
    return "".join(run.text for run in paragraph.runs)


texts, tables = [], []
with docx2python(sys.argv[1], duplicate_merged_cells=False) as document:
    for table in document.document_pars:
        rows = [["\n".join(said(p) for p in cell) for cell in row] for row in table]
        texts += [text for row in rows for text in row]
        if any("tc" in p.lineage for row in table for cell in row for p in cell):
            tables.append((0, grid.plain(rows)))
grid.emit("\n".join(texts), tables)
