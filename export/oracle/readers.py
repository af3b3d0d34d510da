#!/usr/bin/env python3
"""Opens a dataset in readers that know nothing of yusuan and compares what
they read, value by value, with what pyarrow reads from the files one by one.

    python3 export/oracle/readers.py YUSUAN DATASET READER…

YUSUAN is the program (for `yusuan ddl`), READER one of duckdb, pyarrow, polars,
pandas, clickhouse, postgres, spark, r, jdbc. Of every column of every table: the nulls,
and the exact sum of its numbers, the characters of its texts, the elements of
its lists. Then the names in Chinese, the decimals inside lists, how many files
are read for one year, and the block of readers.md as it stands there. Prints a
row of a table for each reader; exits with 1 if one differs, with 2 if one is
not installed.
"""
import ast
import decimal
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
EPOCH = 719163  # 1970-01-01 as an ordinal


class Missing(Exception):
    """A reader is not installed."""


def base(t):
    return re.match(r"[A-Z0-9]+", t)[0]


def amount(v):
    """A value of any reader as one that can be compared."""
    if v is None:
        return 0
    return decimal.Decimal(str(v)).normalize() + 0


def days(v):
    return v.toordinal() - EPOCH


def sql_measures(fields, words):
    """The expressions that measure a table, two for each column."""
    out = ["count(*)"]
    for f in fields:
        c = words["quote"] % f["name"]
        kind = base(f["parquetType"])
        out.append(f"count(*) - count({c})")
        out.append("0" if kind == "FLOAT" else words.get(kind, "sum(%s)") % c)
    return out


def compare_rows(row, fields):
    return [int(row[0])] + [(int(row[1 + 2 * i]), amount(row[2 + 2 * i])) for i in range(len(fields))]


def python_values(column, t):
    """The same measure of values that are Python's."""
    values = [v for v in column if v is not None and v == v]
    kind = base(t)
    if kind == "FLOAT":
        total = 0
    elif kind in ("STRING", "LIST"):
        total = sum(len(v) for v in values)
    elif kind == "DATE":
        total = sum(days(v) for v in values)
    else:
        total = sum(values)
    return len(column) - len(values), amount(total)


class Truth:
    """What the files hold, read one by one."""

    def __init__(self, root):
        self.root = root
        self.resources = json.loads((root / "datapackage.json").read_text("utf-8"))["resources"]
        self.resources = [r for r in self.resources if r["path"]]
        self.fields = {r["name"]: r["schema"]["fields"] for r in self.resources}
        self.files = {r["name"]: r["path"] for r in self.resources}
        self.tables = {n: pa.concat_tables(pq.ParquetFile(root / p).read() for p in self.files[n]) for n in self.fields}
        self.measures = {n: self.measure(self.tables[n], n) for n in self.fields}
        lines = self.tables["budget_lines"]
        self.sums = {}
        for year, value in zip(lines["fiscal_year"].to_pylist(), lines["amount"].to_pylist()):
            self.sums[year] = self.sums.get(year, 0) + value
        self.names = sorted(set(self.tables["documents"]["department"].to_pylist()))
        plans = self.tables["projects"]["spending_plan"].to_pylist()
        self.percent = sum((s["percent"] for p in plans for s in p), decimal.Decimal(0))
        known = [y for y in self.tables["documents"]["fiscal_year"].to_pylist() if y is not None]
        self.year = max(known)
        self.of_year = known.count(self.year)

    def measure(self, table, name):
        return [table.num_rows] + [python_values(table[f["name"]].to_pylist(), f["parquetType"]) for f in self.fields[name]]


def earlier(truth, where):
    """Copies budget_lines with one part as an earlier schema wrote it, without
    a column; returns the folder, the column, and the characters in it."""
    folder, column, length = pathlib.Path(where) / "budget_lines", "amount_raw", 0
    parts = [p for p in truth.files["budget_lines"] if pq.read_metadata(truth.root / p).num_rows]
    for i, p in enumerate(parts):
        part = pq.ParquetFile(truth.root / p).read()
        if i == 0:
            part = part.drop_columns([column])
        else:
            length += sum(map(len, part[column].to_pylist()))
        target = folder.parent / p
        target.parent.mkdir(parents=True)
        pq.write_table(part, target)
    return folder, column, length


class SQL:
    """A reader that is asked in SQL."""

    def sql(self, query):
        raise NotImplementedError

    def measure(self, truth, name):
        fields = truth.fields[name]
        row = self.sql("SELECT " + ", ".join(sql_measures(fields, self.words)) + " FROM " + self.words["quote"] % name)[0]
        return compare_rows(row, fields)

    def names(self):
        return sorted(r[0] for r in self.sql("SELECT DISTINCT department FROM documents"))

    def answer(self, block, _):
        return [(r[0], r[1]) for r in self.sql(block.rstrip().rstrip(";"))]


def ddl(truth, dialect, location=None):
    """The script of a dialect, and its statements."""
    script = subprocess.run([YUSUAN, "ddl", str(truth.root), "--dialect", dialect] + (["--location", location] if location else []), check=True, capture_output=True, text=True).stdout
    bare = "\n".join(line for line in script.splitlines() if not line.startswith("--"))
    return script, [s for s in re.split(r";\n", bare + "\n") if s.strip()]


class DuckDB(SQL):
    title, package = "DuckDB", "duckdb"
    words = {"quote": '"%s"', "STRING": "sum(length(%s))", "BOOLEAN": "sum(%s::int)", "DATE": "sum(%s - DATE '1970-01-01')", "LIST": "sum(len(%s))"}

    def __init__(self, truth, location=None, *before):
        import duckdb
        self.db = duckdb.connect()
        for statement in (*before, ddl(truth, "duckdb", location)[0]):
            self.db.execute(statement)
        self.root = location or str(truth.root)

    def sql(self, query):
        return self.db.execute(query).fetchall()

    def percent(self):
        return self.sql("SELECT sum(s.percent) FROM (SELECT unnest(spending_plan) AS s FROM projects)")[0][0]

    def merged(self, folder, column):
        return self.sql(f"SELECT count(*), sum(length({column})) FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = false, union_by_name = true)")[0]

    def comments(self):
        return self.sql("SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL")[0][0]

    def pruned(self, truth):
        glob = (self.root + "/documents/*/*.parquet").replace("'", "''")
        plan = self.sql(f"EXPLAIN ANALYZE SELECT count(document_id) FROM read_parquet('{glob}', hive_partitioning = true) WHERE fiscal_year = {truth.year}")
        return int(re.search(r"Total Files Read: (\d+)", plan[0][1])[1])


class ClickHouse(SQL):
    title, package = "ClickHouse (chdb)", None
    words = {"quote": "`%s`", "STRING": "sum(lengthUTF8(%s))", "BOOLEAN": "sum(toInt64(%s))", "DATE": "sum(toInt64(toInt32(%s)))", "LIST": "sum(length(%s))",
             "DECIMAL": "toString(sum(%s))", "INT32": "sum(toInt64(%s))"}

    def __init__(self, truth, location=None):
        from chdb import session
        self.db = session.Session()
        for statement in ddl(truth, "clickhouse", location)[1]:
            self.db.query(statement)

    def sql(self, query):
        out = str(self.db.query(query, "JSONCompactEachRow"))
        return [json.loads(line, parse_float=decimal.Decimal) for line in out.splitlines() if line]

    def version(self):
        return self.sql("SELECT version()")[0][0] + " in chdb " + importlib.metadata.version("chdb")

    def percent(self):
        return self.sql("SELECT toString(sum(arraySum(arrayMap(s -> s.percent, spending_plan)))) FROM projects")[0][0]

    def merged(self, folder, column):
        return self.sql(f"SELECT count(), sum(lengthUTF8({column})) FROM file('{folder}/*/*.parquet', Parquet, 'amount Decimal(18,4), {column} String') "
                        "SETTINGS use_hive_partitioning = 0")[0]

    def comments(self):
        return self.sql("SELECT count() FROM system.columns WHERE database = currentDatabase() AND comment <> ''")[0][0]

    def answer(self, block, truth):
        # JSON has no decimals of four places that are kept.
        return [(r[0], r[1]) for r in self.sql(block.replace("sum(amount) AS amount", "toString(sum(amount)) AS amount"))]


class Postgres(SQL):
    title, package = "PostgreSQL", None
    words = {"quote": '"%s"', "STRING": "sum(char_length(%s))", "BOOLEAN": "sum(%s::int)", "DATE": "sum(%s - DATE '1970-01-01')", "LIST": "sum(jsonb_array_length(%s))"}

    def __init__(self, truth):
        import duckdb
        self.where = tempfile.TemporaryDirectory()
        here = pathlib.Path(self.where.name)
        script, _ = ddl(truth, "postgres")
        server = HERE / "postgres.sh"
        if subprocess.run([server, "start", here], stdout=subprocess.DEVNULL).returncode != 0:
            raise Missing("postgres is not installed here (apt install postgresql)")
        self.server, self.folder = server, here
        db = duckdb.connect()
        for statement in re.findall(r"^-- duckdb: (COPY .*) TO '", script, re.M):
            table = re.search(r"/(\w+)/\*[^']*\.parquet'", statement)[1]
            target = str(here / f"{table}.csv")
            db.execute(statement + f" TO '{target}' (FORMAT csv, HEADER);")
            (here / f"{table}.csv").chmod(0o644)
        fill = "\n".join(line.replace("FROM '", f"FROM '{here}/") for line in re.findall(r"^-- psql: (.*)$", script, re.M))
        self.psql(script + "\n" + fill)

    def psql(self, script):
        out = subprocess.run(["psql", "-h", str(self.folder), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q", "-A", "-t", "-F", "\x1f", "-P", "null=\\N"],
                             input=script, capture_output=True, text=True)
        if out.returncode:
            raise RuntimeError(out.stderr)
        return out.stdout

    def sql(self, query):
        rows = self.psql(query + ";").splitlines()
        return [[None if v == "\\N" else int(v) if re.fullmatch(r"\d{1,9}", v) else v for v in r.split("\x1f")] for r in rows]

    def version(self):
        return self.sql("SHOW server_version")[0][0].split(" ")[0]

    def percent(self):
        return self.sql("SELECT sum((s ->> 'percent')::numeric) FROM projects, jsonb_array_elements(spending_plan) AS s")[0][0]

    def comments(self):
        return self.sql("SELECT count(*) FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_namespace n ON n.oid = c.relnamespace "
                        "WHERE n.nspname = 'public' AND d.objsubid > 0")[0][0]

    def close(self):
        subprocess.run([self.server, "stop", self.folder], stdout=subprocess.DEVNULL)


class Spark(SQL):
    title, package = "Spark (local)", "pyspark"
    words = {"quote": "`%s`", "STRING": "sum(char_length(%s))", "BOOLEAN": "sum(int(%s))", "DATE": "sum(unix_date(%s))", "LIST": "sum(size(%s))"}

    def __init__(self, truth, location=None, **settings):
        self.start(settings)
        for statement in ddl(truth, "spark", location)[1]:
            self.db.sql(statement)

    def start(self, settings):
        from pyspark.sql import SparkSession
        self.where = tempfile.TemporaryDirectory()
        settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "2",
                    "spark.sql.warehouse.dir": self.where.name} | settings
        build = SparkSession.builder.master("local[2]")
        for key, value in settings.items():
            build = build.config(key, value)
        self.db = build.getOrCreate()
        self.db.sparkContext.setLogLevel("ERROR")

    def sql(self, query):
        return [tuple(r) for r in self.db.sql(query).collect()]

    def percent(self):
        return self.sql("SELECT sum(s.percent) FROM (SELECT explode(spending_plan) AS s FROM projects)")[0][0]

    def merged(self, folder, column):
        self.db.read.option("mergeSchema", "true").parquet(str(folder)).createOrReplaceTempView("merged")
        return self.sql(f"SELECT count(*), sum(char_length({column})) FROM merged")[0]

    def comments(self):
        return sum(1 for t in self.sql("SHOW TABLES") for c in self.db.catalog.listColumns(t[1]) if c.description)

    def pruned(self, truth):
        return len(self.db.sql(f"SELECT document_id FROM documents WHERE fiscal_year = {truth.year}").inputFiles())


class R(SQL):
    """R with DuckDB behind it: Python's, or another way."""
    title, package, way = "R (reticulate)", None, ("python",)
    words = DuckDB.words

    def __init__(self, truth):
        if not shutil.which("Rscript"):
            raise Missing("R is not installed here (make oracle-r-install)")
        self.where = tempfile.TemporaryDirectory()
        views = pathlib.Path(self.where.name) / "views.sql"
        views.write_text(ddl(truth, "duckdb")[0], "utf-8")
        self.process = subprocess.Popen(["Rscript", HERE / "reader.R", self.way[0], views, *self.way[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, encoding="utf-8", env=os.environ | {"RETICULATE_PYTHON": sys.executable, "LC_ALL": "C.UTF-8"})

    def ask(self, **question):
        print(json.dumps(question, ensure_ascii=False), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"R gave up on {question}")
        return json.loads(line)

    def sql(self, query):
        return self.ask(sql=query)

    def measure(self, truth, name):
        fields = truth.fields[name]
        got = super().measure(truth, name)
        texts = [f["name"] for f in fields if base(f["parquetType"]) == "STRING"]
        rows, *counted = (int(n) for n in self.ask(table=name, texts=texts)[0])
        pairs = dict(zip(texts, zip(counted[::2], map(amount, counted[1::2]))))
        return [rows] + [pairs.get(f["name"], g) for f, g in zip(fields, got[1:])]

    def version(self):
        packages = "reticulate" if self.way[0] == "python" else "rJava"
        r, package, duckdb = self.ask(code=f"data.frame(as.character(getRversion()), as.character(packageVersion('{packages}')), 0)")[0][:2] + self.sql("SELECT version()")[0]
        return f"{r}, {packages} {package}, DuckDB {duckdb.lstrip('v')}"

    percent, comments = DuckDB.percent, lambda self: int(DuckDB.comments(self))

    def answer(self, block, _):
        return [(None if y is None else int(y), v) for y, v in self.ask(code=block.replace("duckdb_jdbc.jar", self.way[-1]))]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class JDBC(R):
    title = "JDBC (R, rJava)"

    def __init__(self, truth):
        jar = os.environ.get("DUCKDB_JDBC", "")
        if not os.path.exists(jar):
            raise Missing("DUCKDB_JDBC names no driver (make oracle-r-install)")
        self.way = "jdbc", jar
        super().__init__(truth)


class Python:
    """A reader whose answer is the last expression of its block."""

    def answer(self, block, _):
        tree, space = ast.parse(block), {}
        last = ast.Expression(tree.body.pop().value)
        exec(compile(tree, "readers.md", "exec"), space)
        return self.pairs(eval(compile(last, "readers.md", "eval"), space))


class PyArrow(Python):
    title, package = "PyArrow", "pyarrow"

    def __init__(self, truth, location=None):
        import pyarrow.dataset as ds
        years = ds.partitioning(pa.schema([("fiscal_year", pa.int32())]), flavor="hive")
        self.open = lambda name: ds.dataset(f"{location or truth.root}/{name}", partitioning=years if "fiscal_year=" in truth.files[name][0] else None)
        self.truth = truth

    def measure(self, truth, name):
        return truth.measure(self.open(name).to_table(), name)

    def names(self):
        return sorted(pc.unique(self.open("documents").to_table()["department"]).to_pylist())

    def percent(self):
        steps = pc.list_flatten(self.open("projects").to_table()["spending_plan"])
        return pc.sum(pc.struct_field(steps, "percent")).as_py()

    def merged(self, folder, column):
        import pyarrow.dataset as ds
        parts = ds.dataset(str(folder), schema=self.truth.tables["budget_lines"].schema.remove_metadata()).to_table()
        return parts.num_rows, pc.sum(pc.utf8_length(parts[column])).as_py()

    def pruned(self, truth):
        return len(list(self.open("documents").get_fragments(pc.field("fiscal_year") == truth.year)))

    def pairs(self, table):
        return list(zip(table["fiscal_year"].to_pylist(), table["amount_sum"].to_pylist()))


class Polars(Python):
    title, package = "Polars", "polars"

    def __init__(self, truth, location=None):
        import polars as pl
        self.pl, self.root = pl, location or truth.root

    def scan(self, name):
        return self.pl.scan_parquet(f"{self.root}/{name}/", hive_partitioning=False)

    def measure(self, truth, name):
        frame = self.scan(name).collect()
        return [len(frame)] + [python_values(frame[f["name"]].to_list(), f["parquetType"]) for f in truth.fields[name]]

    def names(self):
        return self.scan("documents").select("department").unique().collect()["department"].sort().to_list()

    def percent(self):
        steps = self.scan("projects").select("spending_plan").explode("spending_plan").unnest("spending_plan")
        return steps.select(self.pl.col("percent").sum()).collect().item()

    def merged(self, folder, column):
        schema = self.pl.scan_parquet(f"{self.root}/budget_lines", hive_partitioning=False).collect_schema()
        parts = self.pl.scan_parquet(str(folder), hive_partitioning=False, schema=schema, missing_columns="insert").collect()
        return len(parts), parts[column].str.len_chars().sum()

    def pruned(self, truth):
        plan = (self.pl.scan_parquet(f"{self.root}/documents/", hive_schema={"fiscal_year": self.pl.Int32})
                .filter(self.pl.col("fiscal_year") == truth.year).explain())
        scanned = re.search(r"Parquet SCAN \[(.*?)\]", plan)[1]
        return len(re.findall(r"\.parquet", scanned)) + sum(int(n) for n in re.findall(r"\.\.\. (\d+) other", scanned))

    def pairs(self, frame):
        return frame.rows()


class Pandas(Python):
    title, package = "pandas", "pandas"

    def __init__(self, truth, location=None):
        import pandas as pd
        self.pd, self.root = pd, location or truth.root

    def frame(self, name):
        return self.pd.read_parquet(f"{self.root}/{name}", partitioning=None, dtype_backend="pyarrow")

    def measure(self, truth, name):
        frame = self.frame(name)
        values = lambda c: [None if self.pd.api.types.is_scalar(v) and self.pd.isna(v) else v for v in frame[c]]
        return [len(frame)] + [python_values(values(f["name"]), f["parquetType"]) for f in truth.fields[name]]

    def names(self):
        return sorted(self.frame("documents")["department"].unique().tolist())

    def percent(self):
        return sum(s["percent"] for plan in self.frame("projects")["spending_plan"] for s in plan)

    def pairs(self, frame):
        return [(None if self.pd.isna(y) else int(y), v) for y, v in frame.itertuples(index=False)]


READERS = {"duckdb": DuckDB, "pyarrow": PyArrow, "polars": Polars, "pandas": Pandas, "clickhouse": ClickHouse, "postgres": Postgres, "spark": Spark,
           "r": R, "jdbc": JDBC}


def blocks(level="##"):
    """The blocks of readers.md by heading; those of stores are a level below."""
    text = (HERE / "readers.md").read_text("utf-8")
    return {title: block for title, block in re.findall(rf"^{level} (\S+)\n.*?^```\w+\n(.*?)^```", text, re.M | re.S)}


def differences(reader, truth):
    """What differs between the tables as a reader sees them and the files."""
    wrong = []
    for name, want in truth.measures.items():
        got = reader.measure(truth, name)
        for i, (g, w) in enumerate(zip(got, want)):
            if g != w:
                wrong.append(f"{name}{'.' + truth.fields[name][i - 1]['name'] if i else ''}: {g}, want {w}")
    if reader.names() != truth.names:
        wrong.append(f"departments are {reader.names()}")
    if amount(reader.percent()) != amount(truth.percent):
        wrong.append(f"percent inside projects.spending_plan add up to {reader.percent()}, not {truth.percent}")
    return wrong


def check(reader, truth, block):
    """What differs, and what was found."""
    wrong = differences(reader, truth)
    path = str(truth.root).replace("'", "''") if isinstance(reader, (DuckDB, R)) else str(truth.root).replace("'", "\\'") if isinstance(reader, SQL) else str(truth.root)
    if isinstance(reader, Spark):
        path = str(truth.root)  # between backticks
    got = {y: amount(v) for y, v in reader.answer(block.replace("DATASET", path), truth)}
    if got != {y: amount(v) for y, v in truth.sums.items()}:
        wrong.append(f"the block of readers.md gives {got}, not {truth.sums}")
    said = ""
    if hasattr(reader, "comments"):
        n, want = reader.comments(), sum(len(f) for f in truth.fields.values())
        if n != want:
            wrong.append(f"{n} columns have comments, not {want}")
        said = f"; {n} comments"
    if hasattr(reader, "merged"):
        with tempfile.TemporaryDirectory() as where:
            folder, column, length = earlier(truth, where)
            got, want = [int(n) for n in reader.merged(folder, column)], [truth.measures["budget_lines"][0], length]
        if got != want:
            wrong.append(f"parts of two schemas: {got} rows and characters, want {want}")
        said += "; parts of two schemas together"
    if hasattr(reader, "pruned"):
        n, all_files = reader.pruned(truth), len(truth.files["documents"])
        if n != 1:
            wrong.append(f"{n} files are read for one year")
        said += f"; {n} of {all_files} files read for one year"
    return wrong, said


def program(path):
    global YUSUAN
    YUSUAN = str(pathlib.Path(path).resolve())


def main():
    if len(sys.argv) < 4 or set(sys.argv[3:]) - set(READERS):
        print(f"usage: readers.py YUSUAN DATASET READER… (of {', '.join(READERS)})", file=sys.stderr)
        sys.exit(2)
    program(sys.argv[1])
    truth = Truth(pathlib.Path(sys.argv[2]).resolve())
    lines, failed = blocks(), 0
    print("| reader | version | read |\n|---|---|---|")
    for name in sys.argv[3:]:
        kind = READERS[name]
        try:
            reader = kind(truth)
        except Missing as e:
            print(f"| {kind.title} | – | skipped: {e} |")
            continue
        try:
            wrong, said = check(reader, truth, lines[kind.title.split(" ")[0]])
            version = reader.version() if kind.package is None else importlib.metadata.version(kind.package)
        finally:
            if hasattr(reader, "close"):
                reader.close()
        rows, columns = sum(m[0] for m in truth.measures.values()), sum(len(f) for f in truth.fields.values())
        read = "differs" if wrong else f"{len(truth.fields)} tables, {columns} columns, {rows:,} rows equal{said}"
        print(f"| {kind.title} | {version} | {read} |", flush=True)
        for w in wrong:
            failed += 1
            print(f"readers: {kind.title}: {w}", file=sys.stderr)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
