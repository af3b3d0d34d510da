#!/usr/bin/env python3
"""Reads what yusuan-iceberg registered in readers that know nothing of it, and
compares it with the files of the dataset.

    python3 export/oracle/iceberg.py DATASET WAREHOUSE READER…

READER is one of pyiceberg, duckdb, spark. The catalog is the REST catalog of
YUSUAN_REST, else SQLite in the warehouse. Of every column of every table: what
readers.py compares; then names, comments, the manifest that the snapshot names,
how many files are read for one year, and how many rows each snapshot has. In
the REST catalog also the table to which the test TestEvolve added columns, by
its earlier snapshot and the newest. Prints a row of a table for each reader;
exits with 1 if one differs.
"""
import decimal
import hashlib
import importlib
import importlib.metadata
import os
import pathlib
import sys

from pyiceberg.catalog.rest import RestCatalog
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.expressions import EqualTo

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import readers

NAMESPACE, EVOLVED = "yusuan", "TestEvolve_rest"
SPARK = "4.1_2.13:1.12.0"  # of Spark and Scala : of Iceberg
SQLITE = "3.54.1.0"


class Site:
    """The catalog, and what is known of it without the reader."""

    def __init__(self, warehouse):
        self.warehouse, self.rest = warehouse, os.environ.get("YUSUAN_REST")
        self.catalog = (RestCatalog("y", uri=self.rest) if self.rest else
                        SqlCatalog("yusuan", uri=f"sqlite:///{warehouse}/catalog.db", warehouse=f"file://{warehouse}"))

    def table(self, name, namespace=NAMESPACE):
        return self.catalog.load_table((namespace, name))

    def snapshots(self, name, namespace=NAMESPACE):
        """The ids of all snapshots, and how many rows each says that it has."""
        return [(s.snapshot_id, int(s.summary.additional_properties["total-records"])) for s in self.table(name, namespace).snapshots()]


class PyIceberg:
    title, package = "pyiceberg", "pyiceberg"

    def __init__(self, truth, site):
        self.site = site

    def measure(self, truth, name):
        return truth.measure(self.site.table(name).scan().to_arrow(), name)

    def names(self):
        return sorted(set(self.site.table("documents").scan().to_arrow()["department"].to_pylist()))

    def percent(self):
        plans = self.site.table("projects").scan(selected_fields=("spending_plan",)).to_arrow()["spending_plan"].to_pylist()
        return sum(s["percent"] for p in plans for s in p)

    def comments(self, truth):
        return sum(1 for name in truth.fields for f in self.site.table(name).schema().fields if f.doc)

    def pruned(self, truth):
        return len(list(self.site.table("documents").scan(row_filter=EqualTo("fiscal_year", truth.year)).plan_files()))

    def rows(self, namespace, name, snapshot):
        return self.site.table(name, namespace).scan(snapshot_id=snapshot).to_arrow().to_pylist()


class DuckDB(readers.DuckDB):
    def __init__(self, truth, site):
        import duckdb
        self.site, self.db = site, duckdb.connect()
        for extension in ("avro", "httpfs", "iceberg"):
            package = pathlib.Path(importlib.import_module(f"duckdb_extension_{extension}").__file__).parent
            self.db.execute(f"LOAD '{next(package.rglob(extension + '.duckdb_extension'))}'")
        if site.rest:
            self.db.execute(f"ATTACH '' AS y (TYPE iceberg, ENDPOINT '{site.rest}', AUTHORIZATION_TYPE 'none')")
        for name in truth.fields:
            self.db.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {self.where(NAMESPACE, name)}')

    def where(self, namespace, name, snapshot=None):
        if self.site.rest:
            return f'y."{namespace}"."{name}"' + (f" AT (VERSION => {snapshot})" if snapshot else "")
        metadata = self.site.table(name, namespace).metadata_location.replace("'", "''")
        return f"iceberg_scan('{metadata}'" + (f", snapshot_from_id => {snapshot}" if snapshot else "") + ")"

    def comments(self, truth):
        if not self.site.rest:
            return None  # iceberg_scan shows none
        return self.sql(f"SELECT count(*) FROM duckdb_columns() WHERE database_name = 'y' AND schema_name = '{NAMESPACE}' AND comment IS NOT NULL")[0][0]

    def pruned(self, truth):
        plan = self.sql(f"EXPLAIN ANALYZE SELECT document_id FROM {self.where(NAMESPACE, 'documents')} WHERE fiscal_year = {truth.year}")
        return int(readers.re.search(r"Total Files Read: (\d+)", plan[0][1])[1])

    def rows(self, namespace, name, snapshot):
        return self.db.execute(f"SELECT * FROM {self.where(namespace, name, snapshot)}").to_arrow_table().to_pylist()


class Spark(readers.Spark):
    title = "Spark (local)"

    def __init__(self, truth, site):
        # The name of the catalog is a part of what a SQL catalog stores.
        catalog = {"": "org.apache.iceberg.spark.SparkCatalog", ".type": "rest", ".uri": site.rest}
        if not site.rest:
            catalog |= {".type": "jdbc", ".uri": f"jdbc:sqlite:{site.warehouse}/catalog.db", ".warehouse": f"file://{site.warehouse}"}
        self.start({"spark.jars.packages": f"org.apache.iceberg:iceberg-spark-runtime-{SPARK},org.xerial:sqlite-jdbc:{SQLITE}",
                    "spark.sql.defaultCatalog": "yusuan"} | {"spark.sql.catalog.yusuan" + key: value for key, value in catalog.items()})
        self.sql(f"USE yusuan.{NAMESPACE}")

    def comments(self, truth):
        return sum(1 for name in truth.fields for c in self.db.catalog.listColumns(f"yusuan.{NAMESPACE}.{name}") if c.description)

    def pruned(self, truth):
        frame = self.db.sql(f"SELECT document_id FROM documents WHERE fiscal_year = {truth.year}")
        frame.collect()
        return metric(frame._jdf.queryExecution().executedPlan(), "resultDataFiles")

    def rows(self, namespace, name, snapshot):
        return [r.asDict(True) for r in self.db.sql(f"SELECT * FROM yusuan.`{namespace}`.`{name}` VERSION AS OF {snapshot}").collect()]


def metric(plan, name):
    """A metric of a plan of Spark or of what it is made of."""
    found = plan.metrics().get(name)
    if found.isDefined():
        return found.get().value()
    children = plan.children()
    return sum(metric(children.apply(i), name) for i in range(children.size()))


READERS = {"pyiceberg": PyIceberg, "duckdb": DuckDB, "spark": Spark}


def check(reader, truth, site):
    """What differs, and what was found."""
    wrong = []
    for name, want in truth.measures.items():
        if want[0] == 0 and site.table(name).current_snapshot() is None:
            continue
        for i, (g, w) in enumerate(zip(reader.measure(truth, name), want)):
            if g != w:
                wrong.append(f"{name}{'.' + truth.fields[name][i - 1]['name'] if i else ''}: {g}, want {w}")
    if reader.names() != truth.names:
        wrong.append(f"departments are {reader.names()}")
    if readers.amount(reader.percent()) != readers.amount(truth.percent):
        wrong.append("the percents inside projects.spending_plan differ")
    comments, want = reader.comments(truth), sum(len(f) for f in truth.fields.values())
    if comments not in (None, want):
        wrong.append(f"{comments} columns have comments, not {want}")
    files = reader.pruned(truth)
    if files != 1:
        wrong.append(f"{files} files are read for one year")
    snapshots = site.snapshots("documents")
    for snapshot, rows in snapshots:
        if (n := len(reader.rows(NAMESPACE, "documents", snapshot))) != rows:
            wrong.append(f"snapshot {snapshot} of documents has {n} rows, not {rows}")
    said = "" if comments is None else f"; {comments} comments"
    said += f"; {files} of {len(truth.files['documents'])} files read for one year; {len(snapshots)} snapshots"
    if site.rest:
        wrong += evolved(reader, site)
        said += "; a table before and after it got columns"
    return wrong, said


def evolved(reader, site):
    """What is wrong with the table that got columns."""
    (old, _), (new, _) = site.snapshots("projects", EVOLVED)
    before, after = reader.rows(EVOLVED, "projects", old), reader.rows(EVOLVED, "projects", new)
    wrong = []
    if len(before) != 1 or "total" in before[0] and before[0]["total"] is not None or before[0]["goals"] != ["甲", "乙"]:
        wrong.append(f"before there were columns added: {before}")
    if len(after) != 1 or after[0]["total"] != decimal.Decimal(25600) or after[0]["name"] != "项目" or after[0]["spending_plan"][0]["through_month"] != 3:
        wrong.append(f"after there were columns added: {after}")
    return wrong


def main():
    if len(sys.argv) < 4 or set(sys.argv[3:]) - set(READERS):
        print(f"usage: iceberg.py DATASET WAREHOUSE READER… (of {', '.join(READERS)})", file=sys.stderr)
        sys.exit(2)
    root, warehouse = (pathlib.Path(a).resolve() for a in sys.argv[1:3])
    truth, site, failed = readers.Truth(root), Site(warehouse), 0
    manifest = hashlib.sha256((root / "manifest.json").read_bytes()).hexdigest()
    for name, want in truth.measures.items():
        now = site.table(name).current_snapshot()
        if want[0] and now.summary.additional_properties.get("yusuan.manifest") != manifest:
            print(f"iceberg: {name}: the snapshot is of another manifest", file=sys.stderr)
            failed += 1
    print("| reader | version | read |\n|---|---|---|")
    for kind in (READERS[name] for name in sys.argv[3:]):
        wrong, said = check(kind(truth, site), truth, site)
        rows, columns = sum(m[0] for m in truth.measures.values()), sum(map(len, truth.fields.values()))
        read = "differs" if wrong else f"{len(truth.fields)} tables, {columns} columns, {rows:,} rows equal{said}"
        print(f"| Iceberg ({'REST' if site.rest else 'SQLite'}) in {kind.title} | {importlib.metadata.version(kind.package)} | {read} |", flush=True)
        for w in wrong:
            failed += 1
            print(f"iceberg: {kind.title}: {w}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
