"""How many rows a second are written to Parquet: the cells of generated
documents, by yusuan's writer, pyarrow and DuckDB, on one core.

    python3 corpus/bench/rows.py

Writes out/bench/rows.json. yusuan makes a dataset of ROWS_DOCUMENTS (1,000)
documents; its table `cells` is read into memory, and only the writing of one
file from there is timed, the least of ROUNDS. Everybody compresses with ZSTD and
makes dictionaries. What is in memory differs: yusuan has rows, as its readers
make them, and must turn them into columns; pyarrow has columns already; DuckDB
has a table of its own. yusuan also writes a page index, bounds and a Bloom
filter; a second figure of pyarrow has the page index too. The writer under
rows.py --write runs in the environment of the peers.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import common
import process


def write(folder, rounds):
    """Writes the cells with pyarrow and DuckDB and prints what they took."""
    import duckdb
    import pyarrow as pa
    import pyarrow.dataset as ds
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    table = ds.dataset(f"{folder}/cells").to_table(use_threads=False).combine_chunks()
    base = duckdb.connect(config={"threads": 1})
    base.register("arrow", table)
    base.execute("CREATE TABLE cells AS SELECT * FROM arrow")
    ways = {
        "pyarrow write_table": lambda out: pq.write_table(table, out, compression="zstd"),
        "pyarrow, with page index": lambda out: pq.write_table(table, out, compression="zstd", write_page_index=True),
        "DuckDB COPY": lambda out: base.execute(f"COPY cells TO '{out}' (FORMAT parquet, COMPRESSION zstd)"),
    }
    results = []
    for name, way in ways.items():
        times = []
        with tempfile.TemporaryDirectory() as made:
            for _ in range(rounds):
                begin = time.perf_counter()
                way(f"{made}/cells.parquet")
                times.append(time.perf_counter() - begin)
            size = os.path.getsize(f"{made}/cells.parquet")
        results.append({"tool": name, "rows": table.num_rows, "rows_s": table.num_rows / min(times), "bytes": size})
    print(json.dumps(results))


def own(folder, rounds):
    """yusuan's writer, by its benchmark."""
    env = {**os.environ, "YUSUAN_BENCH_DATASET": str(folder), "GOMAXPROCS": "1"}
    command = ["taskset", "-c", "0", "go", "test", "-tags", "ne", "-run", "^$", "-bench", "BenchmarkRows", "-benchtime", "3x", "-count", str(rounds), "./export"]
    done = subprocess.run(command, cwd=common.ROOT, env=env, capture_output=True, text=True)
    found = re.findall(r"(\d+(?:\.\d+)?(?:e\+\d+)?) (rows/s|rows|file-bytes)\b", done.stdout)
    if not found:
        return {"tool": "yusuan", "error": (done.stderr or done.stdout)[-300:]}
    got = {unit: max(float(n) for n, u in found if u == unit) for _, unit in found}
    return {"tool": "yusuan", "rows": int(got["rows"]), "rows_s": got["rows/s"], "bytes": int(got["file-bytes"])}


def main():
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], int(sys.argv[3]))
        return
    common.need(common.YUSUAN, "make build")
    folder = common.OUT / "rows"
    shutil.rmtree(folder, ignore_errors=True)
    process.run([common.YUSUAN, "synth", "-o", folder / "in", "--documents", os.environ.get("ROWS_DOCUMENTS") or "1000"], "0,1", limit=300)
    process.run([common.YUSUAN, "run", folder / "in", "-o", folder / "dataset"], "0,1", limit=300)
    results = [own(folder / "dataset", common.rounds())]
    versions = (common.load("versions") or {}).get("parquet", {})
    if versions.get("ok"):
        cost = process.run([common.python("parquet"), common.HERE / "rows.py", "--write", folder / "dataset", str(common.rounds())], limit=300)
        results += json.loads(cost.out) if cost.code == 0 else [{"tool": "pyarrow, DuckDB", "error": cost.err}]
    else:
        results.append({"tool": "pyarrow, DuckDB", "error": versions.get("error", "install.py has not tried it")})
    for r in results:
        print(r["tool"], r.get("error") or f"{r['rows_s']:,.0f} rows/s, {r['bytes']:,} bytes", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    common.save("rows", {"version": versions.get("version"), "results": results})


if __name__ == "__main__":
    main()
