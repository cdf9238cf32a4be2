#!/usr/bin/env python3
"""A stand-in for `ucmsim plan`, `test --plan` and `merge`: a case is a file, and what is in it is what happens.

`pass` and `fail` are verdicts, `unusable` a case that cannot be used; `crash`, `abort` and `hang` give no results;
`kill-worker FILE` ends the worker the first time, before there are any. Merging prints the verdicts in order.
"""
import json
import os
import pathlib
import signal
import sys
import time


def option(name):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def plan():
    shards = int(option("--shards"))
    places = sys.argv[2:sys.argv.index("--shards")]
    cases = sorted(str(path) for place in places for path in pathlib.Path(place).rglob("*.case"))
    if not cases:
        print("plan: no cases", file=sys.stderr)
        return 2
    pathlib.Path(option("--out")).write_text(json.dumps(
        {"shards": shards, "cells": [{"case": case, "shard": at % shards + 1} for at, case in enumerate(cases)]}))
    return 0


def test():
    given = json.loads(pathlib.Path(option("--plan")).read_text())
    shard = int(option("--shard").split("/")[0])
    verdicts = []
    for cell in (cell for cell in given["cells"] if cell["shard"] == shard):
        words = pathlib.Path(cell["case"]).read_text().split()
        if words[0] == "crash":
            print("Token=not-for-logs\n" * 1000 + "it fell over", file=sys.stderr)
            return 4
        if words[0] == "abort":
            os.abort()
        if words[0] == "hang":
            pathlib.Path(words[1]).write_text(str(os.getpid()))
            time.sleep(600)
        if words[0] == "kill-worker":
            if not os.path.exists(words[1]):
                pathlib.Path(words[1]).touch()
                os.kill(os.getppid(), signal.SIGKILL)
                return 4
            words[0] = "pass"
        verdicts.append([cell["case"], words[0]])
    pathlib.Path(option("--results")).write_text(json.dumps({"shard": shard, "verdicts": verdicts}))
    return worst(verdicts)


def merge():
    cells = json.loads(pathlib.Path(option("--plan")).read_text())["cells"]
    names = [name for name in sys.argv if name.endswith(".json") and "shard-" in name]
    files = [json.loads(pathlib.Path(name).read_text()) for name in names]
    verdicts = sorted(verdict for file in files for verdict in file["verdicts"])
    if [case for case, _ in verdicts] != [cell["case"] for cell in cells]:
        print("merge: a cell is missing or there twice", file=sys.stderr)
        return 3
    text = "".join(f"{verdict} {case}\n" for case, verdict in verdicts)
    if option("--junit"):
        pathlib.Path(option("--junit")).write_text(text)
    print(text, end="")
    return worst(verdicts)


def worst(verdicts):
    found = {verdict for _, verdict in verdicts}
    return 3 if "unusable" in found else 1 if "fail" in found else 0


sys.exit({"plan": plan, "test": test, "merge": merge}[sys.argv[1]]())
