#!/usr/bin/env python3
"""Reads a dataset with DuckDB and pyarrow and holds it against what
manifest.json and datapackage.json say.

    python3 export/oracle/check.py DATASET

Needs `pip install duckdb pyarrow`. Prints every discrepancy and exits with 1 if
there was one, with 2 if a library or the dataset is missing.
"""
import hashlib
import json
import pathlib
import re
import sys

try:
    import duckdb
    import pyarrow as pa
    import pyarrow.dataset as pads
    import pyarrow.parquet as pq
except ImportError as missing:
    print(f"check: {missing}: pip install duckdb pyarrow", file=sys.stderr)
    sys.exit(2)

# What a Parquet type of datapackage.json is called by the two readers.
ARROW = {"STRING": "string", "INT32": "int32", "INT64": "int64", "FLOAT": "float", "BOOLEAN": "bool", "DATE": "date32[day]"}
DUCK = {"STRING": "VARCHAR", "INT32": "INTEGER", "INT64": "BIGINT", "FLOAT": "FLOAT", "BOOLEAN": "BOOLEAN", "DATE": "DATE"}
# The Table Schema type that belongs to it.
FRICTIONLESS = {"STRING": "string", "INT32": "integer", "INT64": "integer", "FLOAT": "number", "BOOLEAN": "boolean",
                "DATE": "date", "DECIMAL": "number", "LIST": "array"}

problems = []


def complain(where, message):
    problems.append(f"{where}: {message}")


def struct_fields(body):
    """Splits "a INT32, b DECIMAL(9,4)" at the commas outside parentheses."""
    return [f.strip().split(" ", 1) for f in re.split(r",\s+", body)]


def arrow_type(t):
    if m := re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", t):
        return f"decimal128({m[1]}, {m[2]})"
    if m := re.fullmatch(r"LIST<(.*)>", t):
        return f"list<element: {arrow_type(m[1])} not null>"
    if m := re.fullmatch(r"STRUCT<(.*)>", t):
        return "struct<" + ", ".join(f"{n}: {arrow_type(x)} not null" for n, x in struct_fields(m[1])) + ">"
    return ARROW[t]


def duck_type(t):
    if t.startswith("DECIMAL"):
        return t
    if m := re.fullmatch(r"LIST<(.*)>", t):
        return duck_type(m[1]) + "[]"
    if m := re.fullmatch(r"STRUCT<(.*)>", t):
        return "STRUCT(" + ", ".join(f"{n} {duck_type(x)}" for n, x in struct_fields(m[1])) + ")"
    return DUCK[t]


def check_folder(root, manifest):
    """_SUCCESS is there, and the parts are those of the manifest."""
    if not (root / "_SUCCESS").exists():
        complain("_SUCCESS", "missing")
    listed = {f["path"] for f in manifest["files"]}
    there = {p.relative_to(root).as_posix() for p in root.rglob("*.parquet")}
    for p in sorted(listed ^ there):
        complain(p, "is not there" if p in listed else "is not in the manifest")
    return sorted(listed & there)


def check_file(root, entry, fields, manifest):
    """One part: hash, size, rows, schema, metadata, layout, order."""
    path, file = entry["path"], root / entry["path"]
    table, *partition = path.split("/")[:-1]
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != entry["sha256"] or len(data) != entry["bytes"]:
        complain(path, "hash or size is not the manifest's")
    try:
        f = pq.ParquetFile(file)
    except pa.ArrowException as e:
        return complain(path, str(e))
    meta = f.metadata
    if meta.num_rows != entry["rows"]:
        complain(path, f"{meta.num_rows} rows, the manifest says {entry['rows']}")
    want = [(x["name"], arrow_type(x["parquetType"]), not x.get("constraints", {}).get("required", False)) for x in fields]
    got = [(x.name, str(x.type), x.nullable) for x in f.schema_arrow]
    for w, g in zip(want, got):
        if w != g:
            complain(path, f"column {g}, the data package says {w}")
    if len(want) != len(got):
        complain(path, f"{len(got)} columns, the data package says {len(want)}")
    own = {k.decode(): v.decode() for k, v in (meta.metadata or {}).items()}
    if own.get("yusuan.schema") != manifest["schema"] or own.get("yusuan.table") != table or "yusuan.pipeline" not in own:
        complain(path, f"metadata {own}")
    for g in range(meta.num_row_groups):
        for c in range(meta.num_columns):
            column = meta.row_group(g).column(c)
            if column.compression != "ZSTD" or not column.has_column_index:
                complain(path, f"{column.path_in_schema}: {column.compression}, page index {column.has_column_index}")
            if column.physical_type == "BYTE_ARRAY" and "RLE_DICTIONARY" not in column.encodings and column.num_values:
                complain(path, f"{column.path_in_schema}: no dictionary")
    if not partition:
        return check_order(f, table, path)
    rows = f.read(columns=["region_code", "document_id", "fiscal_year"])
    keys = list(zip(rows["region_code"].to_pylist(), rows["document_id"].to_pylist()))
    if keys != sorted(keys):
        complain(path, "rows are not in order")
    year = partition[0].removeprefix("fiscal_year=")
    year = None if year == "__HIVE_DEFAULT_PARTITION__" else int(year)
    if set(rows["fiscal_year"].to_pylist()) - {year}:
        complain(path, "fiscal_year in the file is not that of the folder")


# How the rows of tables without partitions are sorted.
ORDER = {"entities": ["entity_type", "entity_id"], "links": ["entity_id", "document_id", "table_name"]}


def check_order(f, table, path):
    """The rows of a table without partitions are in their order."""
    if table not in ORDER:
        return complain(path, "a table without partitions whose order is not known here")
    rows = f.read(columns=ORDER[table])
    keys = list(zip(*(rows[c].to_pylist() for c in ORDER[table])))
    if keys != sorted(keys):
        complain(path, "rows are not in order")


def pattern(root, resource):
    """A pattern for the files of a table: in folders by year, or in one."""
    depth = resource["path"][0].count("/")
    return str(root / resource["name"] / "/".join(["*"] * (depth - 1) + ["*.parquet"])).replace("'", "''")


def check_single(db, root, resource, rows):
    """A table without partitions: its columns, rows and values."""
    name, glob = resource["name"], pattern(root, resource)
    want = [(x["name"], duck_type(x["parquetType"])) for x in resource["schema"]["fields"]]
    relation = db.sql(f"SELECT * FROM read_parquet('{glob}', hive_partitioning = false)")
    if want != [(n, str(t).replace('"', "")) for n, t in zip(relation.columns, relation.types)]:
        complain(name, "DuckDB sees other columns than the data package has")
    arrow = pa.concat_tables(pq.ParquetFile(root / p).read() for p in resource["path"])
    if arrow.num_rows != sum(rows[p] for p in resource["path"]):
        complain(name, f"pyarrow reads {arrow.num_rows} rows")
    for x in resource["schema"]["fields"]:
        check_type(name, x)
        check_values(db, glob, name, x, arrow[x["name"]])


def check_links(db, root, resources):
    """What entities and links refer to."""
    patterns = {r["name"]: pattern(root, r) for r in resources if r["path"]}
    if set(patterns).isdisjoint(ORDER):
        return
    if not set(patterns).issuperset(ORDER):
        return complain("links", "of entities and links one is there")
    e, l = (f"read_parquet('{patterns[t]}')" for t in ("entities", "links"))
    for what, query in {
        "links of no entity": f"SELECT count(*) FROM {l} l ANTI JOIN {e} e USING (entity_id, entity_type)",
        "parents that are none": f"SELECT count(*) FROM {e} x WHERE parent_id <> '' AND parent_id NOT IN (SELECT entity_id FROM {e})",
        "entities that stand nowhere": f"SELECT count(*) FROM {e} e ANTI JOIN {l} l USING (entity_id)",
    }.items():
        if n := db.sql(query).fetchall()[0][0]:
            complain("links", f"{n} {what}")


def check_table(db, root, resource, rows):
    """One table as a whole, in both readers, with partitions and without."""
    name, paths = resource["name"], [str(root / p) for p in resource["path"]]
    if not paths:
        return  # the dataset has none of it
    if resource["path"][0].count("/") == 1:
        return check_single(db, root, resource, rows)
    fields = resource["schema"]["fields"]
    glob = pattern(root, resource)
    for hive in ("false", "true"):
        relation = db.sql(f"SELECT * FROM read_parquet('{glob}', hive_partitioning = {hive})")
        want = [(x["name"], duck_type(x["parquetType"])) for x in fields]
        got = [(n, str(t).replace('"', "")) for n, t in zip(relation.columns, relation.types)]
        if hive == "true":  # DuckDB takes the folder's value: a number of its own choice
            got = [(n, "INTEGER" if n == "fiscal_year" else t) for n, t in got]
        if sorted(want) != sorted(got):
            complain(name, f"DuckDB (hive {hive}) sees {sorted(set(got) - set(want))} for {sorted(set(want) - set(got))}")
        count, years = db.sql(f"SELECT count(*), count(fiscal_year) FROM read_parquet('{glob}', hive_partitioning = {hive})").fetchall()[0]
        known = sum(n for p, n in rows.items() if p.startswith(name + "/") and "__HIVE" not in p)
        total = sum(n for p, n in rows.items() if p.startswith(name + "/"))
        if (count, years) != (total, known):
            complain(name, f"DuckDB (hive {hive}) reads {count} rows, {years} with a year; want {total}, {known}")
    # Given its type, because pyarrow cannot guess one where every year is unknown.
    by_year = pads.partitioning(pa.schema([("fiscal_year", pa.int32())]), flavor="hive")
    arrow = pads.dataset(paths, format="parquet", partitioning=by_year, partition_base_dir=str(root / name)).to_table()
    if arrow.num_rows != total:
        complain(name, f"pyarrow reads {arrow.num_rows} rows of {total}")
    if arrow["fiscal_year"].type != pa.int32() or arrow.num_rows - arrow["fiscal_year"].null_count != known:
        complain(name, f"pyarrow: fiscal_year {arrow['fiscal_year'].type}, {arrow['fiscal_year'].null_count} nulls")
    for x in fields:
        check_type(name, x)
        check_values(db, glob, name, x, arrow[x["name"]])


def check_type(name, field):
    """The data package's type is that of the file's."""
    if FRICTIONLESS[re.match(r"[A-Z0-9]+", field["parquetType"])[0]] != field["type"]:
        complain(name, f"{field['name']} is {field['type']} in the data package, {field['parquetType']} in the file")


def check_values(db, glob, name, field, column):
    """The two readers agree on every column: nulls, and the values' sum or
    the texts' length."""
    c, t = field["name"], field["parquetType"]
    q = f'"{c}"'
    if field.get("constraints", {}).get("required") and column.null_count:
        complain(name, f"{c} is required and has {column.null_count} nulls")
    measure = {"STRING": f"sum(length({q}))", "BOOLEAN": f"sum({q}::int)", "DATE": f"sum({q} - DATE '1970-01-01')"}.get(t, f"sum({q})")
    values = [v for v in column.to_pylist() if v is not None]
    if t.startswith("LIST"):
        measure, mine = f"sum(len({q}))", sum(map(len, values))
    elif t == "STRING":
        mine = sum(map(len, values))
    elif t == "DATE":
        mine = sum((v.toordinal() - 719163) for v in values)
    else:
        mine = sum(values)
    nulls, theirs = db.sql(f"SELECT count(*) - count({q}), {measure} FROM read_parquet('{glob}', hive_partitioning = false)").fetchall()[0]
    if nulls != column.null_count or (t != "FLOAT" and (theirs or 0) != mine):
        complain(name, f"{c}: DuckDB {nulls} nulls, {theirs}; pyarrow {column.null_count} nulls, {mine}")


def check_counts(db, root, resources):
    """documents counts the rows of the other tables."""
    patterns = {r["name"]: pattern(root, r) for r in resources if r["path"]}

    def source(n):
        return f"read_parquet('{patterns[n]}', hive_partitioning = false)"
    singular = {"paragraphs": "paragraph", "tables": "table", "cells": "cell", "amounts": "amount", "budget_lines": "budget_line",
                "projects": "project", "indicators": "indicator", "procurement": "procurement", "findings": "finding", "notes": "note"}
    for table, word in singular.items():
        bad = db.sql(f"""SELECT d.document_id, {word}_count, count(x.document_id) FROM {source('documents')} d
            LEFT JOIN {source(table)} x USING (document_id) GROUP BY ALL HAVING {word}_count <> count(x.document_id)""").fetchall()
        for row in bad:
            complain("documents", f"{row[0]}: {word}_count is {row[1]}, {table} has {row[2]}")
    for table in (r["name"] for r in resources if r["path"] and any(f["name"] == "document_id" for f in r["schema"]["fields"])):
        n = db.sql(f"SELECT count(*) FROM {source(table)} WHERE document_id NOT IN (SELECT document_id FROM {source('documents')})").fetchall()[0][0]
        if n:
            complain(table, f"{n} rows of unknown documents")
    if db.sql(f"SELECT count(*) - count(DISTINCT document_id) FROM {source('documents')}").fetchall()[0][0]:
        complain("documents", "a document_id is there twice")


def main():
    if len(sys.argv) != 2 or not (pathlib.Path(sys.argv[1]) / "manifest.json").is_file():
        print("usage: check.py DATASET (a folder with a manifest.json)", file=sys.stderr)
        sys.exit(2)
    root = pathlib.Path(sys.argv[1])
    manifest = json.loads((root / "manifest.json").read_text("utf-8"))
    resources = json.loads((root / "datapackage.json").read_text("utf-8"))["resources"]
    if sorted(p for r in resources for p in r["path"]) != sorted(f["path"] for f in manifest["files"]):
        complain("datapackage.json", "its paths are not those of the manifest")
    there = set(check_folder(root, manifest))
    fields = {r["name"]: r["schema"]["fields"] for r in resources}
    for entry in manifest["files"]:
        if entry["path"] in there:
            check_file(root, entry, fields[entry["path"].split("/")[0]], manifest)
    db = duckdb.connect()
    if len(there) == len(manifest["files"]) and not problems:  # what is broken is named already
        rows = {f["path"]: f["rows"] for f in manifest["files"]}
        for r in resources:
            check_table(db, root, r, rows)
        check_counts(db, root, resources)
        check_links(db, root, resources)
    for p in problems:
        print("check:", p)
    print(f"{len(manifest['files'])} files, {sum(f['rows'] for f in manifest['files'])} rows, {len(problems)} discrepancies")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
