#!/usr/bin/env python3
"""Opens a dataset in a store that speaks S3, in the readers of readers.py, with
the settings that readers.md names, and compares what they read with the files
of the dataset on this machine.

    python3 export/oracle/remote.py YUSUAN DATASET HOST BUCKET/FOLDER READER…

HOST is the address of the store, by http; the keys stand in AWS_ACCESS_KEY_ID
and AWS_SECRET_ACCESS_KEY. READER is one of duckdb, pyarrow, polars, pandas,
clickhouse, spark. Prints a row of a table for each reader; exits with 1 if one
differs.
"""
import importlib
import importlib.metadata
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import readers


def duckdb(truth, host, folder, block):
    package = pathlib.Path(importlib.import_module("duckdb_extension_httpfs").__file__).parent
    return readers.DuckDB(truth, "s3://" + folder, f"LOAD '{next(package.rglob('httpfs.duckdb_extension'))}'", block)


def clickhouse(truth, host, folder, block):
    return readers.ClickHouse(truth, f"http://{host}/{folder}")


def spark(truth, host, folder, block):
    return readers.Spark(truth, "s3a://" + folder, **dict(line.split() for line in block.splitlines()))


def python(kind):
    return lambda truth, host, folder, block: kind(truth, "s3://" + folder)


READERS = {"duckdb": duckdb, "clickhouse": clickhouse, "spark": spark, "pyarrow": python(readers.PyArrow), "polars": python(readers.Polars), "pandas": python(readers.Pandas)}


def main():
    if len(sys.argv) < 6 or set(sys.argv[5:]) - set(READERS):
        print(f"usage: remote.py YUSUAN DATASET HOST BUCKET/FOLDER READER… (of {', '.join(READERS)})", file=sys.stderr)
        sys.exit(2)
    readers.program(sys.argv[1])
    truth, host, folder = readers.Truth(pathlib.Path(sys.argv[2]).resolve()), sys.argv[3], sys.argv[4]
    # As readers.md says for the readers that have no settings of their own.
    os.environ |= {"AWS_ENDPOINT_URL": "http://" + host, "AWS_ALLOW_HTTP": "true"}
    settings, failed = readers.blocks("###"), 0
    print("| reader | version | read in S3 |\n|---|---|---|")
    for name in sys.argv[5:]:
        title = readers.READERS[name].title.split(" ")[0]
        block = settings[title].replace("HOST", host).replace("BUCKET/FOLDER", folder)
        for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            block = block.replace(key, os.environ[key])
        reader = READERS[name](truth, host, folder, block)
        wrong = readers.differences(reader, truth)
        if hasattr(reader, "pairs") or name == "clickhouse":
            got = {y: readers.amount(v) for y, v in reader.answer(block, truth)}
            if got != {y: readers.amount(v) for y, v in truth.sums.items()}:
                wrong.append(f"the block of readers.md gives {got}, not {truth.sums}")
        version = reader.version() if reader.package is None else importlib.metadata.version(reader.package)
        rows, columns = sum(m[0] for m in truth.measures.values()), sum(map(len, truth.fields.values()))
        print(f"| {reader.title} | {version} | {'differs' if wrong else f'{len(truth.fields)} tables, {columns} columns, {rows:,} rows equal'} |", flush=True)
        for w in wrong:
            failed += 1
            print(f"remote: {reader.title}: {w}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
