"""What the readers share that are Python libraries: cells from boxes, and the
JSON that they print.

A reader prints {"text": …, "tables": [{"page", "last_page", "cells": [[row,
col, rowspan, colspan, text], …]}]} on standard output, as the harness expects
of every tool.
"""

import json
import sys

NEAR = 1.0  # points: edges closer than this are one


def edges(values):
    """The distinct edges among values, in order."""
    out = []
    for v in sorted(values):
        if not out or v - out[-1] > NEAR:
            out.append(v)
    return out


def index(known, value):
    """The number of the edge that a value lies at."""
    return min(range(len(known)), key=lambda i: abs(known[i] - value))


def from_boxes(boxes):
    """Cells [row, col, rowspan, colspan, text] of [(left, top, right, bottom,
    text), …]: every edge of any cell is an edge of the grid, and a cell spans
    those within it."""
    boxes = [b for b in boxes if b[2] - b[0] > NEAR and b[3] - b[1] > NEAR]
    xs = edges([b[0] for b in boxes] + [b[2] for b in boxes])
    ys = edges([b[1] for b in boxes] + [b[3] for b in boxes])
    cells = []
    for left, top, right, bottom, text in boxes:
        row, col = index(ys, top), index(xs, left)
        cells.append([row, col, max(1, index(ys, bottom) - row), max(1, index(xs, right) - col), text or ""])
    return sorted(cells)


def plain(rows):
    """Cells of a list of rows of texts, where None is no cell."""
    return [[r, c, 1, 1, text] for r, row in enumerate(rows) for c, text in enumerate(row) if text is not None]


def emit(text, tables):
    """Prints what was read."""
    value = {"text": text, "tables": [{"page": page, "last_page": page, "cells": cells} for page, cells in tables]}
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
