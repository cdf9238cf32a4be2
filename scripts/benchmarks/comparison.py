"""What `compare` costs beside one `replay` of the same trace, for models that refuse nothing and for models that all do."""
import json
import statistics
import subprocess

import peers

MODELS = 16
CASES = [("nothing is refused", lambda peak, index: 2 * peak + index),
         ("every model refuses, each from another moment on", lambda peak, index: max(1, peak * (index + 1) // (MODELS + 1)))]


def profiles(folder, name, limits):
    """A folder of imaginary models, one for each limit of concurrent calls."""
    for kind in ["families", "models", "firmware"]:
        (folder / name / kind).mkdir(parents=True)
    (folder / name / "families/bench.yaml").write_text("family: bench\ndisplayName: Made for a benchmark\nlimits: {}\n")
    for index, limit in enumerate(limits):
        facts = f"value: {limit}, unit: calls, source: 'R0: made up', certainty: assumed, confidence: low"
        (folder / name / f"models/bench{index:02}.yaml").write_text(
            f"model: Bench{index:02}\nfamily: bench\nlimits:\n  concurrentCalls: {{{facts}}}\n")
    return folder / name


def measure(ucmsim, trace, site, folder, times):
    """Prints a table: CPU seconds, how often the replay's, and how many calls were refused by all models together."""
    options = ["--site", site, "--crm", "none"]
    replay = peers.Run("ucmsim replay F --crm none", [ucmsim, "replay", trace, "--model", "UCM6304", *options])
    summary = json.loads(subprocess.run([*replay.command, "--format", "json"], check=True, capture_output=True).stdout)
    peak = summary["limits"]["concurrentCalls"]["peak"]
    print(f"`compare`: {MODELS} models on {summary['calls']['total']:,} calls, at most {peak} at once\n")
    print("| | CPU s, least | CPU s, median | x replay | calls refused |\n| --- | --: | --: | --: | --: |")
    base = row(replay, times, None, "")
    for index, (label, limit) in enumerate(CASES):
        models = profiles(folder, f"profiles{index}", [limit(peak, model) for model in range(MODELS)])
        run = peers.Run(f"ucmsim compare F: {label}",
                        [ucmsim, "compare", trace, "--models", ",".join(f"bench{at:02}" for at in range(MODELS)), "--profiles", models, *options])
        told = json.loads(subprocess.run([*run.command, "--format", "json"], check=True, capture_output=True).stdout)
        row(run, times, base, f"{sum(member['calls']['refused'] for member in told['members']):,}")
    print()


def row(run, times, base, refused):
    seconds, _ = run.costs(times)
    middle = statistics.median(seconds)
    print(f"| {run.label} | {seconds[0]:.2f} | {middle:.2f} | {middle / (base or middle):.2f} | {refused} |", flush=True)
    return middle
