"""camelot, flavor lattice: the cells of its grid, joined where no edge stands
between them. Its text is that of the tables; it reads no other."""

import sys

import camelot
import grid


def cells(table):
    """Cells with spans: a cell goes on to the right and down where the edge
    between it and its neighbour is missing."""
    out, taken = [], set()
    said = table.df.values.tolist()
    at = table.cells
    for r in range(len(at)):
        for c in range(len(at[r])):
            if (r, c) in taken:
                continue
            right, down = c, r
            while right + 1 < len(at[r]) and not at[r][right].right and (r, right + 1) not in taken:
                right += 1
            while down + 1 < len(at) and not at[down][c].bottom:
                down += 1
            places = [(i, j) for i in range(r, down + 1) for j in range(c, right + 1)]
            taken.update(places)
            text = "\n".join(said[i][j] for i, j in places if said[i][j])
            out.append([r, c, down - r + 1, right - c + 1, text])
    return out


try:
    found = camelot.read_pdf(sys.argv[1], pages="all", flavor="lattice", suppress_stdout=True)
except (IndexError, ZeroDivisionError) as e:
    sys.exit(f"camelot: {e}")
tables = [(int(t.page), cells(t)) for t in found]
grid.emit("\n".join(c[4] for _, t in tables for c in t), tables)
