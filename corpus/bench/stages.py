"""Runs the Go benchmarks of every stage and keeps what they say.

    python3 corpus/bench/stages.py

Writes out/bench/go.json. A benchmark runs for BENCHTIME (300ms) on one core.
"""

import os
import re
import subprocess
import sys

import common


def main():
    command = ["go", "test", "-tags", "ne", "-run", "^$", "-bench", ".", "-benchmem", "-cpu", "1", "-benchtime", os.environ.get("BENCHTIME") or "300ms", "./..."]
    p = subprocess.Popen(command, cwd=common.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found, failed, package = [], [], ""
    for line in p.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if line.startswith("pkg: "):
            package = line.split()[1].removeprefix("yusuan/")
        if line.startswith(("FAIL", "--- FAIL")):
            failed.append(line.strip())
        m = re.match(r"Benchmark(\S+?)\s+(\d+)\s+(.*)", line)
        if m:
            values = {unit: float(n) for n, unit in re.findall(r"(\S+) (\S+)", m.group(3)) if re.fullmatch(r"[\d.e+]+", n)}
            found.append({"name": f"{package}.{m.group(1)}", "n": int(m.group(2)), **values})
    p.wait()
    common.save("go", {"benchmarks": found, "failed": failed})
    if p.returncode:
        sys.exit(p.returncode)


if __name__ == "__main__":
    main()
