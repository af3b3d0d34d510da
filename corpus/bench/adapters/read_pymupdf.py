"""PyMuPDF: find_tables, cells by their boxes, so that merged ones have their
spans; get_text for the text."""

import sys

import grid
import pymupdf

pymupdf.TOOLS.mupdf_display_errors(False)
texts, tables = [], []
with pymupdf.open(sys.argv[1]) as document:
    for page in document:
        texts.append(page.get_text())
        for table in page.find_tables(use_layout="lines" not in sys.argv[2:]).tables:
            boxes = []
            for row, said in zip(table.rows, table.extract()):
                boxes += [(*box, text) for box, text in zip(row.cells, said) if box]
            tables.append((page.number + 1, grid.from_boxes(boxes)))
grid.emit("\n".join(texts), tables)
