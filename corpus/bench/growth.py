"""How the cost of yusuan grows with its input.

    python3 corpus/bench/growth.py

Writes out/bench/growth.json: processor time, time by the clock and memory for
100 to 10,000 generated documents (run), 1 to 500 pages of a PDF and 10 to
100,000 cells of a .docx table (extract), and for one core and two. The
exponent is the slope of a line fitted by least squares to the logarithms of
processor time and size: 1 is linear. Small inputs are mostly the start of a
process, which flattens the line, so the exponent between the two largest sizes
is given too.
"""

import math
import os
import shutil
import statistics
import tempfile
import zipfile

import common
import process

DOCUMENTS = [int(n) for n in (os.environ.get("GROWTH_DOCUMENTS") or "100,1000,10000").split(",")]
PAGES = [1, 5, 20, 100, 500]
CELLS = [10, 100, 1000, 10000, 100000]
LIMIT = 600


def slope(points):
    """The exponent of a power law through points (size, cost)."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mx, my = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def grown(what, command, unit, costs):
    """What is kept of a growth: points and exponents."""
    points = [{"size": n, "cpu": c.cpu, "wall": c.wall, "memory": c.memory, "code": c.code} for n, c in costs]
    failed = [f"{p['size']} {unit}: exit code {p['code']}" for p in points if p["code"] not in (0, 3)]
    value = {"what": what, "command": command, "unit": unit, "points": points, "failed": failed}
    for key in ("cpu", "wall"):
        at = [(p["size"], max(p[key], 1e-4)) for p in points if p["code"] in (0, 3)]
        if len(at) > 1:
            value["exponent_" + key], value["last_" + key] = slope(at), slope(at[-2:])
    print(what, *(f"{p['size']}: {p['cpu']:.2f} s" for p in points), f"exponent {value.get('exponent_cpu', 0):.3f}, last {value.get('last_cpu', 0):.3f}", *failed, flush=True)
    return value


def run(folder, core, workers):
    """yusuan run over a folder into a new dataset."""
    with tempfile.TemporaryDirectory() as out:
        return process.run([common.YUSUAN, "run", folder, "-o", f"{out}/dataset", "--workers", str(workers)], core, False, LIMIT)


def documents(folder):
    """Datasets of more and more documents, on one core. Each is a folder of
    links into one set of generated documents, so all are of one kind."""
    made = folder / "all"
    process.run([common.YUSUAN, "synth", "-o", made, "--documents", str(max(DOCUMENTS))], limit=LIMIT)
    files, costs, cores = sorted(made.rglob("*.docx")), [], []
    for n in DOCUMENTS:
        part = folder / str(n)
        part.mkdir()
        for i, f in enumerate(files[:: max(1, len(files) // n)][:n]):
            os.link(f, part / f"{i}.docx")
        costs.append((n, run(part, "0", 1)))
        if n == 1000 or len(DOCUMENTS) < 3:
            cores = [(1, costs[-1][1]), (2, run(part, "0,1", 2))] if os.cpu_count() > 1 else []
    value = [grown("documents", "yusuan run, one core", "documents", costs)]
    if cores:
        speedup = cores[0][1].wall / cores[1][1].wall
        points = [{"size": n, "cpu": c.cpu, "wall": c.wall, "memory": c.memory} for n, c in cores]
        value.append({"what": "cores", "command": "yusuan run, 1,000 documents", "unit": "cores", "points": points, "speedup": speedup})
        print(f"two cores: {speedup:.2f} x")
    return value


def extract(files):
    """yusuan extract on files of growing size, the median of three runs by
    processor time."""
    for n, f in files:
        command = [common.YUSUAN, "extract", "--format", "json", f]
        yield n, sorted((process.run(command, keep=False, limit=LIMIT) for _ in range(3)), key=lambda c: c.cpu)[1]


def pdf(path, pages):
    """Writes a PDF of pages with a ruled table of 30 rows and 5 columns each, in
    a font that is not embedded, and a title."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    kids = []
    for n in range(pages):
        stream = drawn(n)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Count {pages} /Kids [{' '.join(kids)}] >>"
    out, places = b"%PDF-1.4\n", []
    parts = [out]
    at = len(out)
    for i, o in enumerate(objects):
        places.append(at)
        part = f"{i + 1} 0 obj\n{o}\nendobj\n".encode("latin-1")
        parts.append(part)
        at += len(part)
    table = "".join(f"{p:010d} 00000 n \n" for p in places)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode())
    path.write_bytes(b"".join(parts))


def drawn(page):
    """The content of a page: rules, then text, one title and 150 cells."""
    out = ["0.5 w"]
    out += [f"50 {780 - 24 * r} m 550 {780 - 24 * r} l S" for r in range(31)]
    out += [f"{50 + 100 * c} 780 m {50 + 100 * c} 60 l S" for c in range(6)]
    out.append(f"BT /F1 14 Tf 1 0 0 1 200 800 Tm (Table {page + 1}) Tj ET")
    for r in range(30):
        for c in range(5):
            text = f"{page * 30 + r}.{c:02d}" if c else f"Item {page}-{r}"
            out.append(f"BT /F1 9 Tf 1 0 0 1 {54 + 100 * c} {764 - 24 * r} Tm ({text}) Tj ET")
    return "\n".join(out)


def docx(path, cells):
    """Writes a .docx with one table of ten columns."""
    rows = []
    for r in range(cells // 10):
        rows.append("<w:tr>" + "".join(f"<w:tc><w:tcPr><w:tcW w:w=\"900\"/></w:tcPr><w:p><w:r><w:t>第{r}行{c}列</w:t></w:r></w:p></w:tc>" for c in range(10)) + "</w:tr>")
    body = "<w:tbl><w:tblGrid>" + "<w:gridCol w:w=\"900\"/>" * 10 + "</w:tblGrid>" + "".join(rows) + "</w:tbl><w:p/>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                   '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                   'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
        z.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
                   'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                   f"<w:body>{body}</w:body></w:document>")


def sized(folder, name, sizes, write):
    """Files of growing size."""
    for n in sizes:
        path = folder / f"{n}.{name}"
        write(path, n)
        yield n, path


def main():
    common.need(common.YUSUAN, "make build")
    folder = common.OUT / "growth"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    parts = [grown("pages", "yusuan extract, one core", "pages of a PDF", list(extract(sized(folder, "pdf", PAGES, pdf)))),
             grown("cells", "yusuan extract, one core", "cells of a .docx", list(extract(sized(folder, "docx", CELLS, docx))))]
    parts += documents(folder)
    shutil.rmtree(folder, ignore_errors=True)
    common.save("growth", {"parts": parts})


if __name__ == "__main__":
    main()
