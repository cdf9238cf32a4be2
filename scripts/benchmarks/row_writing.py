"""Our writing of CDR rows beside a bare C loop of prepared inserts over the same rows."""
import os
import pathlib
import statistics
import subprocess

SOURCES = pathlib.Path(__file__).resolve().parent / "rows"
ROWS = 300_000


def compare(root, folder, size, times):
    """Prints a table: CPU seconds of inserting alone, and with the indexes, the checkpoint and the close."""
    environment = {**os.environ, "UCMSIM_BENCHMARK": "1"}
    build = ["swift", "build", "-c", "release", "--product", "benchmark-rows", "--package-path", root]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    loop = folder / "insert_rows"
    subprocess.run(["cc", "-O2", "-o", loop, SOURCES / "insert_rows.c", "-lsqlite3"], check=True)
    ours, bare = [], []
    for _ in range(times):
        source, target = folder / "ours.sqlite", folder / "bare.sqlite"
        for old in [source, target]:
            old.unlink(missing_ok=True)
        ours.append(measured([root / ".build/release/benchmark-rows", source, str(max(1, int(ROWS * size)))]))
        bare.append(measured([loop, source, target]))
    print(f"`rows`: {ours[0][0]:,} rows in transactions of 1000, write-ahead log, every commit synced\n")
    print("| | CPU s, least | CPU s, median | x C loop |\n| --- | --: | --: | --: |")
    for label, seconds in [("inserting", lambda run: run[1]), ("inserting, indexing, closing", lambda run: run[1] + run[2])]:
        middle = statistics.median(map(seconds, bare))
        for name, runs in [("C loop", bare), ("CDRStore", ours)]:
            median = statistics.median(map(seconds, runs))
            print(f"| {name}, {label} | {min(map(seconds, runs)):.2f} | {median:.2f} | {median / middle:.2f} |", flush=True)
    print()


def measured(command):
    rows, inserting, closing = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(rows), float(inserting), float(closing)
