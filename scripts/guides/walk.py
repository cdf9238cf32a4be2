"""Walks guides by name; exits with 1 where a walk did not end as its guide says."""

import argparse
import os
import subprocess
import sys
import time

import walks


def program():
    """The newest build of the package, made if need be."""
    subprocess.run(["swift", "build", "--product", "ucmsim"], check=True, stdout=sys.stderr)
    folder = subprocess.run(["swift", "build", "--show-bin-path"], check=True, capture_output=True, text=True)
    return os.path.join(folder.stdout.strip(), "ucmsim")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("walk", nargs="*", help="all unless named: " + ", ".join(walks.ALL))
    parser.add_argument("--ucmsim", help="the program to walk against; otherwise the debug build")
    parser.add_argument("--pictures", help="folder for a screenshot of every page")
    options = parser.parse_args()
    unknown = [name for name in options.walk if name not in walks.ALL]
    if unknown:
        parser.error(f"no walk is called {unknown[0]}; there are {', '.join(walks.ALL)}")
    if options.pictures:
        os.makedirs(options.pictures, exist_ok=True)
    ucmsim = options.ucmsim or program()
    failed = 0
    for name in options.walk or walks.ALL:
        begin = time.monotonic()
        try:
            walks.ALL[name](ucmsim, options.pictures)
            print(f"ok      {name} ({time.monotonic() - begin:.1f} s)", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"failed  {name}: {error}", flush=True)
    print(f"guides: {len(options.walk or walks.ALL)} walked, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
