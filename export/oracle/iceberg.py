#!/usr/bin/env python3
"""Reads with pyiceberg what yusuan-iceberg registered, and compares it with the
files of the dataset.

    python3 export/oracle/iceberg.py DATASET WAREHOUSE

Needs `pip install "pyiceberg[sql-sqlite,pyarrow]"`. Prints a row of a table;
exits with 1 if something differs.
"""
import hashlib
import importlib.metadata
import pathlib
import sys

from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.expressions import EqualTo

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import readers


def main():
    if len(sys.argv) != 3:
        print("usage: iceberg.py DATASET WAREHOUSE", file=sys.stderr)
        sys.exit(2)
    root, warehouse = (pathlib.Path(a).resolve() for a in sys.argv[1:])
    truth, wrong = readers.Truth(root), []
    catalog = SqlCatalog("yusuan", uri=f"sqlite:///{warehouse}/catalog.db", warehouse=f"file://{warehouse}")
    manifest = hashlib.sha256((root / "manifest.json").read_bytes()).hexdigest()
    comments = 0
    for name, want in truth.measures.items():
        table = catalog.load_table(("yusuan", name))
        comments += sum(1 for f in table.schema().fields if f.doc)
        if want[0] == 0:
            continue
        got = truth.measure(table.scan().to_arrow(), name)
        for i, (g, w) in enumerate(zip(got, want)):
            if g != w:
                wrong.append(f"{name}{'.' + truth.fields[name][i - 1]['name'] if i else ''}: {g}, want {w}")
        if table.current_snapshot().summary.additional_properties.get("yusuan.manifest") != manifest:
            wrong.append(f"{name}: the snapshot is of another manifest")
    documents = catalog.load_table(("yusuan", "documents"))
    plans = catalog.load_table(("yusuan", "projects")).scan(selected_fields=("spending_plan",)).to_arrow()["spending_plan"].to_pylist()
    if sum(s["percent"] for p in plans for s in p) != truth.percent:
        wrong.append("the percents inside projects.spending_plan differ")
    if sorted(set(documents.scan().to_arrow()["department"].to_pylist())) != truth.names:
        wrong.append("the departments differ")
    files = len(list(documents.scan(row_filter=EqualTo("fiscal_year", truth.year)).plan_files()))
    all_files = len(list(documents.scan().plan_files()))
    if files != 1:
        wrong.append(f"{files} files are read for one year")
    rows = sum(m[0] for m in truth.measures.values())
    read = "differs" if wrong else (f"{len(truth.measures)} tables, {sum(map(len, truth.fields.values()))} columns, {rows:,} rows equal; "
                                    f"{comments} comments; {files} of {all_files} files read for one year")
    print("| reader | version | read |\n|---|---|---|")
    print(f"| Iceberg (pyiceberg) | {importlib.metadata.version('pyiceberg')} | {read} |")
    for w in wrong:
        print(f"iceberg: {w}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
