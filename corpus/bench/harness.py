"""Runs the parts of the bench one after the other and writes RESULTS.md.

    python3 corpus/bench/harness.py            all parts, what make bench does
    python3 corpus/bench/harness.py PART...    some of: install files stages pdf
                                               docx doc pipeline rows growth

A part that fails costs only itself; it is named at the end and in RESULTS.md,
and the exit code is 1. What a part measured before stays until it is measured
again. ROUNDS (5) says how often fast things are repeated; SPEED_SECONDS and
TOOL_SECONDS bound the time that goes into one peer.
"""

import subprocess
import sys
import time

import common

PARTS = {
    "install": ["install.py"],
    "files": ["files.py"],
    "stages": ["stages.py"],
    "pdf": ["speed.py", "pdf"],
    "docx": ["speed.py", "docx"],
    "doc": ["speed.py", "doc"],
    "pipeline": ["pipeline.py"],
    "rows": ["rows.py"],
    "growth": ["growth.py"],
}


def main():
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := [p for p in wanted if p not in PARTS]:
        sys.exit(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    took = (common.load("parts") or {}).get("parts", {})
    failed = []
    for part in wanted:
        print(f"== {part}", flush=True)
        begin = time.time()
        script, *rest = PARTS[part]
        code = subprocess.run([sys.executable, common.HERE / script, *rest], cwd=common.ROOT).returncode
        took[part] = {"seconds": round(time.time() - begin), "code": code}
        common.save("parts", {"parts": took})
        if code:
            failed.append(f"{part} ended with {code}")
    code = subprocess.run([sys.executable, common.HERE / "report.py"], cwd=common.ROOT).returncode
    print(*failed, sep="\n")
    sys.exit(1 if failed or code else 0)


if __name__ == "__main__":
    main()
