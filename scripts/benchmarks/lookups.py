"""How many callers a second the CRM clients look up in this process, with our cloud behind them and with none."""
import os
import statistics
import subprocess

CONTACTS = 20_000
LOOKUPS = 100_000


def measure(root, size, times):
    """Prints a table: lookups a second of CPU time, for both versions of Zoho's API."""
    environment = {**os.environ, "UCMSIM_BENCHMARK": "1"}
    build = ["swift", "build", "-c", "release", "--product", "benchmark-lookups", "--package-path", root]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    program = root / ".build/release/benchmark-lookups"
    lookups = max(1, int(LOOKUPS * size))
    print(f"`lookups`: {lookups:,} lookups of one table with a hit each, {CONTACTS:,} contacts\n")
    print("| | lookups a CPU second, best | median |\n| --- | --: | --: |")
    for label, extra in [("with the cloud", []), ("the client alone", ["paper"])]:
        rates = {}
        for _ in range(times):
            command = [program, str(CONTACTS), str(lookups), *extra]
            for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
                name, hits, _, rate = line.split()
                if int(hits) != lookups:
                    raise SystemExit(f"benchmark: {name} found {hits} of {lookups}")
                rates.setdefault(name, []).append(int(rate))
        for name, runs in rates.items():
            print(f"| {name}, {label} | {max(runs):,} | {int(statistics.median(runs)):,} |", flush=True)
    print()
