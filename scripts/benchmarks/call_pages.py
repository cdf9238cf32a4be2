"""Parts of the list of calls, and its export, in a database of a million CDR rows."""
import os
import subprocess

ROWS = 1_000_000
LIMIT_MS = 100


def measure(root, folder, size):
    """Prints a table of milliseconds, and says where a part took longer than it may."""
    environment = {**os.environ, "UCMSIM_BENCHMARK": "1"}
    build = ["swift", "build", "-c", "release", "--product", "benchmark-rows", "--package-path", root]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    command = [root / ".build/release/benchmark-rows", folder / "pages.sqlite", str(max(1, int(ROWS * size))), "pages"]
    lines = [line.split("\t") for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()]
    print(f"`pages`: {int(lines[0][1]):,} rows with every index, made in {float(lines[0][2]):.0f} s\n")
    print("| part of 50 calls, latest first | calls | ms, least | median | most |\n| --- | --: | --: | --: | --: |")
    slow = []
    for name, calls, is_cut_short, least, median, most in lines[1:-1]:
        note = " (searched so far)" if is_cut_short == "true" else ""
        print(f"| {name} | {calls}{note} | {float(least):.1f} | {float(median):.1f} | {float(most):.1f} |")
        if float(median) > LIMIT_MS:
            slow.append(name)
    _, calls, first, whole = lines[-1]
    print(f"\nExport: {int(calls):,} calls read in {float(whole) / 1000:.1f} s; the first piece after {float(first):.1f} ms.")
    print(f"Longer than {LIMIT_MS} ms: {', '.join(slow) or 'none'}.\n")
