#!/usr/bin/env python3
"""Holds the files that describe a dataset against the tools that they are
written for, and the statements that no warehouse here can run against a
parser.

    python3 export/oracle/descriptions.py YUSUAN DATASET

datapackage.json against frictionless, croissant.json against mlcroissant (which
reads every record, too), datacontract.yaml against datacontract-cli, and
`yusuan ddl` for every dialect against sqlglot. Prints a row of a table for
each; exits with 1 if one is not valid.
"""
import importlib.metadata
import json
import logging
import pathlib
import re
import subprocess
import sys


def frictionless(root, _):
    import frictionless
    frictionless.system.trusted = True
    package = frictionless.Package(str(root / "datapackage.json"))
    wrong = [e.message for e in frictionless.Package.metadata_validate(package.to_descriptor())]
    return wrong, f"datapackage.json: {len(package.resources)} resources, valid"


def mlcroissant(root, _):
    logging.getLogger("absl").setLevel(logging.ERROR)  # what is recommended
    import mlcroissant
    wrong, records = [], 0
    dataset = mlcroissant.Dataset(str(root / "croissant.json"))  # raises what is not valid
    rows = {}
    for f in json.loads((root / "manifest.json").read_text("utf-8"))["files"]:
        table = f["path"].split("/")[0]
        rows[table] = rows.get(table, 0) + f["rows"]
    for s in dataset.metadata.record_sets:
        n = sum(1 for _ in dataset.records(s.id))
        records += n
        if n != rows.pop(s.id):
            wrong.append(f"{s.id}: {n} records are read, not those of the manifest")
    wrong += [f"{t}: there are no records of it" for t in rows]
    return wrong, f"croissant.json: valid, {records:,} records read"


def datacontract(root, _):
    tool = pathlib.Path(sys.executable).with_name("datacontract")
    out = subprocess.run([tool, "lint", "datacontract.yaml"], cwd=root, capture_output=True, text=True)
    said = re.search(r"Data contract is valid against (ODCS \S+)", out.stdout)
    wrong = [] if out.returncode == 0 and said else [out.stdout + out.stderr]
    return wrong, f"datacontract.yaml: valid against {said and said[1]}"


def sqlglot(root, yusuan):
    import sqlglot
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    counts, wrong = [], []
    for dialect in ("duckdb", "spark", "clickhouse", "postgres", "bigquery"):
        script = subprocess.run([yusuan, "ddl", root, "--dialect", dialect, "--location", "gs://bucket/folder"],
                                check=True, capture_output=True, text=True).stdout
        try:
            counts.append(f"{dialect} {len([s for s in sqlglot.parse(script, dialect=dialect) if s])}")
        except sqlglot.errors.ParseError as e:
            wrong.append(f"{dialect}: {e}")
    return wrong, "statements parsed: " + ", ".join(counts)


def main():
    if len(sys.argv) != 3:
        print("usage: descriptions.py YUSUAN DATASET", file=sys.stderr)
        sys.exit(2)
    yusuan, root, failed = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]), 0
    print("| tool | version | what |\n|---|---|---|")
    for package, check in (("frictionless", frictionless), ("mlcroissant", mlcroissant), ("datacontract-cli", datacontract), ("sqlglot", sqlglot)):
        try:
            wrong, said = check(root, yusuan)
        except Exception as e:  # each has errors of its own
            wrong, said = [f"{type(e).__name__}: {e}"], ""
        print(f"| {package} | {importlib.metadata.version(package)} | {'not valid' if wrong else said} |")
        for w in wrong:
            failed += 1
            print(f"descriptions: {package}: {w}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
