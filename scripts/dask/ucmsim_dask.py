#!/usr/bin/env python3
"""`ucmsim test` on many machines: every shard of a plan is one task of Dask.

    ucmsim_dask.py CASES... --scheduler tcp://HOST:8786 --shards 64 --junit results.xml
    ucmsim_dask.py CASES... --local 4 --html results.html

Plans, runs the shards on the workers, fetches what came of each, and merges: reports and exit code are those of one
`ucmsim test` with the same options. 3 where a shard gave no results, 130 where it was interrupted.

What is assumed: every worker has the same version of the program (--program says where), and sees the cases under the
same path as here (a shared file system). Where it does not, --upload PATH sends files and folders along. Whoever can
reach a scheduler of Dask can run programs on its workers: use --tls-* where the network is not yours alone.

A verdict is never tried again: what a shard says is what is merged. A shard whose worker was lost before it answered
has said nothing yet, so the scheduler gives it to another worker (as often as its `allowed-failures` says), and this is
told.
A worker writes nothing but a folder of its own, so a worker that was only thought lost cannot disturb.
"""
import argparse
import gzip
import hashlib
import io
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import uuid

DONE, FINDINGS, USAGE, UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 130
STDERR_TAIL_BYTES = 4_000
RESULTS_BYTES_MAX = 256 << 20
SHARDS_MAX = 10_000
POLL_SECONDS = 0.5
# Options that go to `ucmsim plan` and to `ucmsim merge` as they are.
PLAN_OPTIONS = ("models", "firmwares", "filter", "durations")
MERGE_OPTIONS = ("junit", "html", "format", "annotations", "results")


class RunError(Exception):
    """Nothing can be merged; the message is for people."""


# MARK: On a worker


def run_shard(inputs, shard, settings):
    """What came of one shard, as a dict with `results` or `error`.

    It never raises: of a task that raises, Dask writes the arguments into its log, and those hold the cases.
    """
    from distributed import get_worker

    outcome = {"shard": shard}
    try:
        worker = get_worker()
        outcome["worker"] = worker.address
        worker.log_event(settings["topic"], shard)
        outcome.update(shard_results(inputs, shard, settings, worker))
    except Exception as error:  # Whatever it is, it is told with its shard.
        outcome["error"] = f"{type(error).__name__}: {error}"
    return outcome


def shard_results(inputs, shard, settings, worker):
    from distributed import Event

    if inputs["archive"] is None:
        folder = settings["folder"]
        if not os.path.isdir(folder):
            return {"error": f"the worker has no folder {folder}; share it, or send the cases along with --upload"}
    else:
        folder = os.path.join(unpacked(inputs, worker), settings["folder"])
    if shutil.which(settings["program"], path=os.environ.get("PATH")) is None:
        return {"error": f"the worker has no program {settings['program']}; say with --program where it is"}
    with tempfile.TemporaryDirectory(prefix="ucmsim-shard-", dir=worker.local_directory) as own:
        plan, results, log = (os.path.join(own, name) for name in ("plan.json", "results.json", "stderr"))
        with open(plan, "wb") as file:
            file.write(inputs["plan"])
        command = [settings["program"], "test", "--plan", plan, "--shard", f"{shard}/{settings['shards']}",
                   "--results", results, "--jobs", str(settings["jobs"])]
        stop = Event(settings["topic"] + "-stop")
        with open(log, "wb") as stderr:
            # A session of its own: Ctrl-C in the terminal of a local cluster is ours to handle.
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=stderr, start_new_session=True)
            try:
                ended = awaited(process, stop, settings["timeout"])
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
        if ended is not None:
            return {"error": ended, "stderr": tail(log)}
        # Cells that failed or cannot be used are results. What ends without any, or dies, has none.
        size = os.path.getsize(results) if os.path.exists(results) else 0
        if size == 0 or process.returncode not in (DONE, FINDINGS, USAGE, UNUSABLE):
            how = f"signal {-process.returncode}" if process.returncode < 0 else f"exit code {process.returncode}"
            return {"error": f"the program ended with {how} and no results", "stderr": tail(log)}
        if size > RESULTS_BYTES_MAX:
            return {"error": f"results of {size >> 20} MiB; the limit is {RESULTS_BYTES_MAX >> 20}: make more shards"}
        with open(results, "rb") as file:
            return {"results": gzip.compress(file.read(), 1)}


def awaited(process, stop, timeout):
    """None when the program has ended by itself, else why it must."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            process.wait(POLL_SECONDS)
            return None
        except subprocess.TimeoutExpired:
            pass
        if stop.is_set():
            return "interrupted"
        if time.monotonic() > deadline:
            return f"not done after {timeout} s; see --timeout, or make more shards"


def tail(path):
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - STDERR_TAIL_BYTES))
        return file.read().decode("utf-8", "replace")


def unpacked(inputs, worker):
    """The folder with what was sent along: unpacked once for each worker, gone with it."""
    target = os.path.join(worker.local_directory, "ucmsim-" + inputs["digest"])
    if os.path.isdir(target):
        return target
    own = tempfile.mkdtemp(prefix="ucmsim-unpacking-", dir=worker.local_directory)
    try:
        with tarfile.open(fileobj=io.BytesIO(inputs["archive"]), mode="r:gz") as archive:
            # Everything in it was made by `packed`: plain files under plain names.
            archive.extractall(own, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        os.rename(own, target)
    except OSError:
        shutil.rmtree(own, ignore_errors=True)
        # Another thread of this worker may have been faster.
        if not os.path.isdir(target):
            raise
    return target


# MARK: Here


def packed(paths, limit_bytes):
    """Files and folders as one archive, and the working folder within it.

    Names begin at the repository (the nearest folder with a .git), else at the working folder, and so do the names of
    cases; what begins with a dot is left out.
    """
    here = pathlib.Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    files, size = {}, 0
    for given in paths:
        start = pathlib.Path(os.path.abspath(given))
        if start != root and root not in start.parents:
            raise RunError(f"{given}: outside of {root}; only what lies in it can be sent along")
        if not start.exists():
            raise RunError(f"{given}: there is no such file or folder")
        for path in [start] if start.is_file() else below(start):
            if path in files:
                continue
            size += path.stat().st_size
            if size > limit_bytes:
                raise RunError(f"{given}: more than {limit_bytes >> 20} MiB to send along; see --upload-limit, "
                               "or share the folder with the workers")
            files[path] = path.relative_to(root).as_posix()
    bytes_ = io.BytesIO()
    with tarfile.open(fileobj=bytes_, mode="w:gz", compresslevel=1) as archive:
        def add(name, kind, content=b""):
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.mode = kind, len(content), 0o755 if kind == tarfile.DIRTYPE else 0o644
            archive.addfile(entry, io.BytesIO(content))

        if (root / ".git").exists():
            # Where a repository begins decides how a case is called.
            add(".git", tarfile.DIRTYPE)
        folder = here.relative_to(root).as_posix()
        add(folder, tarfile.DIRTYPE)
        for path in sorted(files, key=files.get):
            add(files[path], tarfile.REGTYPE, path.read_bytes())
    return bytes_.getvalue(), folder


def below(folder):
    """Regular files, in any order; links to folders are not followed, as `ucmsim test` does not."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = pathlib.Path(place, name)
            if not name.startswith(".") and path.is_file():
                yield path


def run(client, plan, shards, *, program="ucmsim", upload=(), upload_limit_mib=256, jobs=1, timeout_seconds=3600,
        wait_seconds=60, told=lambda line: None):
    """The results files of all shards in order, as bytes, run by the workers of a `distributed.Client`.

    `plan` are the bytes that `ucmsim plan` wrote. Raises RunError, with every shard that gave no results and the end of
    what its program said, or when there was no worker for `wait_seconds`. `told` gets a line for each shard that is
    done or was begun again.
    """
    import cloudpickle
    from distributed import Event

    # The workers have no copy of this file. Functions of a module go by their names alone; what wraps them does not.
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    begin, keep = (lambda *given: run_shard(*given)), (lambda given: given)
    archive, folder = packed(upload, upload_limit_mib << 20) if upload else (None, os.getcwd())
    topic = "ucmsim-" + uuid.uuid4().hex
    settings = {"program": program, "folder": folder, "jobs": jobs, "timeout": timeout_seconds, "shards": shards,
                "topic": topic}
    digest = hashlib.sha256(archive or b"").hexdigest()[:32]
    # A task that only holds them: unlike scattered data they are there again when the worker with them is lost.
    inputs = client.submit(
        keep, {"plan": plan, "archive": archive, "digest": digest}, key=topic + "-inputs", pure=False)
    futures = {
        client.submit(begin, inputs, shard, settings, key=f"{topic}-{shard}", pure=False, retries=0): shard
        for shard in range(1, shards + 1)
    }
    outcomes = {}
    try:
        for future, outcome in completed(client, futures, wait_seconds):
            shard = futures[future]
            outcomes[shard] = outcome = {"shard": shard, **outcome}
            future.release()
            told(f"shard {shard}/{shards}: {outcome.get('error', 'done')} ({outcome.get('worker', 'no worker')})")
        for shard, times in begun_again(client, topic):
            told(f"shard {shard}/{shards}: begun {times} times, because a worker was lost before it answered")
    except BaseException:
        # Running programs hear of it at their next look; what waits is not begun.
        Event(topic + "-stop", client=client).set()
        client.cancel([inputs, *futures], force=True)
        time.sleep(2 * POLL_SECONDS)
        raise
    missing = [outcomes[shard] for shard in sorted(outcomes) if "error" in outcomes[shard]]
    if missing:
        raise RunError("\n".join(
            f"shard {outcome['shard']}/{shards} on {outcome.get('worker', 'no worker')}: {outcome['error']}"
            + "".join("\n  " + line for line in outcome.get("stderr", "").splitlines()) for outcome in missing))
    return [gzip.decompress(outcomes[shard]["results"]) for shard in sorted(outcomes)]


def completed(client, futures, wait_seconds):
    """Futures as they are done, each with its outcome; RunError when nobody has worked on any for too long."""
    from distributed import as_completed

    waiting, idle_since = as_completed(futures), None
    while waiting.count() > 0 or waiting.has_ready():
        batch = waiting.next_batch(block=False)
        for future in batch:
            outcome = ended(future, wait_seconds)
            if outcome is None:
                waiting.add(future)
            else:
                yield future, outcome
        if batch:
            continue
        if client.nthreads():
            idle_since = None
        elif idle_since is None:
            idle_since = time.monotonic()
        elif time.monotonic() - idle_since > wait_seconds:
            raise RunError(f"all workers are gone, and none has come within {wait_seconds} s")
        time.sleep(POLL_SECONDS / 5)


def ended(future, wait_seconds):
    """What a future that was done has come to; None when it is being worked on again.

    A result stays with its worker until it is asked for: it is lost with a worker that dies before, and the scheduler
    has it made again.
    """
    if future.status == "cancelled":
        return {"error": "cancelled by the scheduler"}
    if future.status == "error":
        error = future.exception()
        return {"error": f"{type(error).__name__}: {error}"}
    if future.status != "finished":
        return None
    try:
        return future.result(timeout=wait_seconds)
    except TimeoutError:
        return None
    except Exception as error:  # Lost or cancelled while it was asked for: the next look says which.
        if future.status == "finished":
            return {"error": f"{type(error).__name__}: {error}"}
        return None


def begun_again(client, topic):
    """(shard, times) of those that more than one worker began."""
    counts = {}
    for _, shard in client.get_events(topic):
        counts[shard] = counts.get(shard, 0) + 1
    return sorted((shard, count) for shard, count in counts.items() if count > 1)


# MARK: Command line


def main(arguments=None):
    options = parsed(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return test(options)
    except RunError as error:
        print(f"ucmsim_dask: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("ucmsim_dask: interrupted", file=sys.stderr)
        return INTERRUPTED


def test(options):
    is_talkative = options.verbose or sys.stderr.isatty()
    told = (lambda line: print(line, file=sys.stderr)) if is_talkative else (lambda line: None)
    with tempfile.TemporaryDirectory(prefix="ucmsim-dask-") as own, connected(options) as client:
        folder = pathlib.Path(options.results_folder or own)
        folder.mkdir(parents=True, exist_ok=True)
        shards = options.shards or min(SHARDS_MAX, 4 * sum(client.nthreads().values()))
        plan = folder / "plan.json"
        planned = subprocess.run([options.program, "plan", *options.cases, "--shards", str(shards), "--out", str(plan),
                                  *passed_on(options, PLAN_OPTIONS)], stdout=subprocess.DEVNULL)
        if planned.returncode != DONE:
            return planned.returncode if planned.returncode > 0 else UNUSABLE
        results = run(client, plan.read_bytes(), shards, program=options.worker_program or options.program,
                      upload=options.upload, upload_limit_mib=options.upload_limit, jobs=options.jobs,
                      timeout_seconds=options.timeout, wait_seconds=options.wait, told=told)
        files = []
        for shard, content in enumerate(results, 1):
            files.append(str(folder / f"shard-{shard}.json"))
            pathlib.Path(files[-1]).write_bytes(content)
        merged = subprocess.run(
            [options.program, "merge", "--plan", str(plan), *files, *passed_on(options, MERGE_OPTIONS)])
        return merged.returncode if merged.returncode >= 0 else UNUSABLE


def passed_on(options, names):
    given = ((name, getattr(options, name)) for name in names)
    return [word for name, value in given if value is not None for word in ("--" + name, value)]


class connected:
    """A client of the scheduler that was named, or of a cluster on this machine that ends with it."""

    def __init__(self, options):
        self.options, self.cluster, self.client = options, None, None

    def __enter__(self):
        try:
            from distributed import Client, LocalCluster
            from distributed.security import Security
        except ImportError:
            raise RunError("the Python package `distributed` is missing: pip install distributed, or Debian's "
                           "python3-distributed") from None
        if shutil.which(self.options.program) is None:
            raise RunError(f"there is no program {self.options.program}; say with --program where it is")
        options, more = self.options, {}
        try:
            if options.local:
                # Loopback only, without the web page that shows what runs; what is left of its server takes any port.
                self.cluster = LocalCluster(n_workers=options.local, threads_per_worker=1, host="127.0.0.1",
                                            dashboard_address=None, silence_logs=40,
                                            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"})
                self.client = Client(self.cluster, timeout=options.wait)
            else:
                if options.tls_ca:
                    more["security"] = Security(
                        tls_ca_file=options.tls_ca, tls_client_cert=options.tls_cert, tls_client_key=options.tls_key,
                        require_encryption=True)
                place = {"scheduler_file": options.scheduler_file} if options.scheduler_file else {
                    "address": options.scheduler}
                self.client = Client(**place, timeout=options.wait, **more)
            self.client.wait_for_workers(1, timeout=options.wait)
        except (OSError, ValueError, TimeoutError) as error:
            self.__exit__()
            raise RunError(f"no workers: {error}") from None
        except BaseException:
            self.__exit__()
            raise
        return self.client

    def __exit__(self, *_):
        for part in (self.client, self.cluster):
            if part is not None:
                part.close()


def parsed(arguments):
    parser = argparse.ArgumentParser(
        prog="ucmsim_dask.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", help="folders of cases, as `ucmsim test` takes them")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--scheduler", metavar="ADDRESS", help="a running scheduler, as tcp://HOST:8786")
    where.add_argument("--scheduler-file", metavar="FILE", help="the file where the scheduler has written its address")
    where.add_argument("--local", type=number(1, 256), metavar="N", help="N workers on this machine")
    parser.add_argument("--shards", type=number(1, SHARDS_MAX), metavar="N",
                        help="otherwise four for each thread of the workers")
    parser.add_argument("--program", default="ucmsim", help="the program here and on the workers (ucmsim)")
    parser.add_argument("--worker-program", metavar="PROGRAM", help="where the program is on the workers, if elsewhere")
    parser.add_argument("--upload", action="append", default=[], metavar="PATH",
                        help="a file or folder that shards read, sent to the workers; repeatable")
    parser.add_argument("--upload-limit", type=number(1, 4096), default=256, metavar="MIB",
                        help="at most so much is sent (256)")
    parser.add_argument("--jobs", type=number(1, 256), default=1, metavar="N",
                        help="cells at the same time in each shard (1: a worker has a thread for each shard it runs)")
    parser.add_argument("--timeout", type=number(1, 1_000_000), default=3600, metavar="SECONDS",
                        help="for one shard; then its program is ended (3600)")
    parser.add_argument("--wait", type=number(1, 86_400), default=60, metavar="SECONDS",
                        help="for the scheduler and for any worker (60)")
    parser.add_argument("--results-folder", metavar="FOLDER", help="keep the plan and every shard's results there")
    parser.add_argument("--verbose", action="store_true",
                        help="a line on standard error for each shard, even if that is no terminal")
    for name in ("tls-ca", "tls-cert", "tls-key"):
        parser.add_argument("--" + name, metavar="FILE", help="for a scheduler with TLS; all three")
    for name in PLAN_OPTIONS:
        parser.add_argument("--" + name, help="goes to `ucmsim plan`")
    for name in MERGE_OPTIONS:
        parser.add_argument("--" + name, help="goes to `ucmsim merge`")
    options = parser.parse_args(arguments)
    tls = [options.tls_ca, options.tls_cert, options.tls_key]
    if any(tls) and not all(tls):
        parser.error("--tls-ca, --tls-cert and --tls-key go together")
    if options.program.count("/"):
        # Shards begin in another folder.
        options.program = os.path.abspath(options.program)
    if options.local and any(tls):
        parser.error("--tls-* are for a scheduler elsewhere")
    return options


def number(least, most):
    def read(text):
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
        return int(text)

    return read


if __name__ == "__main__":
    sys.exit(main())
