"""A served appliance whose kept state has a million CDR rows, asked over HTTPS: pages, both APIs and the export."""
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import ssl
import statistics
import subprocess
import threading
import time
import urllib.parse

ROWS = 1_000_000
LIMIT_MS = 100
RUNS = 9
STALLED = 20

# `rows/CallMaker.swift`: calls begin here, two and some seconds apart.
BEGIN = 1_762_000_000
DAY = 86_400

EVERYTHING = {
    "caller": "1xxx", "callee": "+49.", "status": "ANSWERED", "type": "Outbound", "destinationTrunk": "trunk_2", "action": "DIAL",
    "minDur": "10", "maxDur": "20", "callerName": "9", "startTime": str(BEGIN + 2 * DAY)}
PAGES = [
    ("first page", {}), ("oldest first", {"sort": "start", "order": "asc"}), ("by caller", {"sort": "caller"}),
    ("by status", {"sort": "status"}), ("by talk time", {"sort": "talk"}), ("caller 1001", {"caller": "1001"}),
    ("caller @99 (any beginning)", {"caller": "@99"}), ("callee nobody has", {"callee": "4711"}),
    ("part of the caller's name", {"callerName": "Extension 13"}), ("name nobody has", {"callerName": "Nobody"}),
    ("status FAILED, outbound", {"status": "FAILED", "type": "Outbound"}), ("source trunk", {"sourceTrunk": "trunk_1"}),
    ("action RINGGROUP", {"action": "RINGGROUP"}), ("talk time 299 s and more", {"minDur": "299"}),
    ("one day, BUSY, by caller", {"startTime": str(BEGIN + 3 * DAY), "endTime": str(BEGIN + 4 * DAY), "status": "BUSY", "sort": "caller"}),
    ("everything at once", EVERYTHING), ("everything at once, by callee", {**EVERYTHING, "sort": "callee"})]
QUERIES = [
    ("the first 1000 calls", {}), ("10 calls", {"numRecords": "10"}), ("behind 1000 calls", {"offset": "1000"}),
    ("behind 500,000 calls", {"offset": "500000", "numRecords": "10"}), ("caller 1001", {"caller": "1001"}),
    ("caller @99 (any beginning)", {"caller": "@99", "numRecords": "100"}), ("caller nobody has", {"caller": "4711"}),
    ("one day", {"startTime": str(BEGIN + 3 * DAY), "endTime": str(BEGIN + 4 * DAY)}),
    ("ended on one day", {"timeFilterType": "End", "startTime": str(BEGIN + 20 * DAY), "endTime": str(BEGIN + 21 * DAY)}),
    ("talk time 10 to 20 s", {"minDur": "10", "maxDur": "20"}),
    ("everything at once", {"caller": "1xxx", "callee": "+49.", "AnsweredBy": "+49.", "minDur": "10", "maxDur": "20",
                            "startTime": str(BEGIN + 2 * DAY)})]


class Served:
    """`ucmsim serve` of a small trace behind the rows of `state`, until `close`."""

    def __init__(self, ucmsim, root, state):
        start = time.monotonic()
        self.process = subprocess.Popen(
            [ucmsim, "serve", root / "fixtures/traces/busy/trace.pcap", "--model", "UCM6304", "--site",
             root / "fixtures/sites/loopback-office.yaml", "--crm", "none", "--port", "0", "--cdr-port", "0", "--state", state],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ports = {}
        for line in self.process.stdout:
            found = re.match(r"(HTTPS API|CDR API \(old\)) +https:.*:(\d+)", line)
            if found:
                self.ports[found[1]] = int(found[2])
            if len(self.ports) == 2:
                break
        else:
            raise RuntimeError("ucmsim serve did not begin to listen")
        self.seconds_to_listen = time.monotonic() - start
        self.cookie = self.sign_in()
        self.api_cookie = self.log_in()

    def connection(self, door="HTTPS API"):
        return http.client.HTTPSConnection("127.0.0.1", self.ports[door], context=ssl._create_unverified_context(), timeout=600)

    def sign_in(self):
        connection = self.connection()
        connection.request("GET", "/signin")
        answer = connection.getresponse()
        answer.read()
        form = answer.headers["set-cookie"].split(";")[0]
        body = urllib.parse.urlencode({"user": "admin", "password": "admin123", "csrf": form.split("=", 1)[1]})
        connection.request("POST", "/signin", body, {"cookie": form, "content-type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        answer.read()
        found = [field.split(";")[0] for field in answer.headers.get_all("set-cookie") or [] if field.startswith("ucm_session=")]
        if not found:
            raise RuntimeError(f"signing in was answered with {answer.status}")
        return found[0]

    def log_in(self):
        connection = self.connection()
        ask = lambda request: json.loads(self.post(connection, request).read())["response"]
        challenge = ask({"action": "challenge", "user": "cdrapi", "version": "1.0"})["challenge"]
        token = hashlib.md5((challenge + "cdrapi123").encode()).hexdigest()
        return ask({"action": "login", "user": "cdrapi", "token": token})["cookie"]

    @staticmethod
    def post(connection, request):
        connection.request("POST", "/api", json.dumps({"request": request}), {"content-type": "application/json"})
        return connection.getresponse()

    def page(self, connection, query, path="/cdr"):
        connection.request("GET", path + "?" + urllib.parse.urlencode(query), headers={"cookie": self.cookie})
        return connection.getresponse()

    def rows(self, connection, query):
        return self.post(connection, {"action": "cdrapi", "format": "json", "numRecords": "1000", "cookie": self.api_cookie, **query})

    def old_rows(self, connection, query):
        path = "/cdrapi?" + urllib.parse.urlencode({"format": "json", **query})
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        fields = dict(re.findall(r'(\w+)="?([^",]*)"?', answer.headers["www-authenticate"]))
        digest = lambda *parts: hashlib.md5(":".join(parts).encode()).hexdigest()
        proof = digest(digest("cdrapi", fields["realm"], "cdrapi123"), fields["nonce"], "00000001", "c", "auth", digest("GET", path))
        connection.request("GET", path, headers={"authorization": (
            f'Digest username="cdrapi", realm="{fields["realm"]}", nonce="{fields["nonce"]}", uri="{path}", qop=auth, nc=00000001, '
            f'cnonce="c", response="{proof}"')})
        return connection.getresponse()

    def peak_mib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def close(self):
        """Seconds from SIGTERM to the end."""
        start = time.monotonic()
        self.process.terminate()
        code = self.process.wait(timeout=60)
        if code != 0:
            raise RuntimeError(f"ucmsim serve ended with {code}")
        return time.monotonic() - start


def timed(ask):
    """Milliseconds to the first byte of the body and to the last, and the body."""
    start = time.perf_counter()
    answer = ask()
    first = answer.read(1)
    between = time.perf_counter()
    body = first + answer.read()
    if answer.status != 200:
        raise RuntimeError(f"answered with {answer.status}: {body[:200]!r}")
    return (between - start) * 1000, (time.perf_counter() - start) * 1000, body


def table(title, asks, what, slow):
    print(f"| {title} | {what} | first byte ms, least | median | most | whole ms, median |\n| --- | --: | --: | --: | --: | --: |")
    for name, ask, count in asks:
        runs = [timed(ask) for _ in range(RUNS)]
        first = sorted(run[0] for run in runs)
        whole = statistics.median(run[1] for run in runs)
        print(f"| {name} | {count(runs[0][2]):,} | {first[0]:.1f} | {statistics.median(first):.1f} | {first[-1]:.1f} | {whole:.1f} |", flush=True)
        if statistics.median(first) > LIMIT_MS:
            slow.append(f"{title}: {name}")
    print()


def export(served, slow):
    """The whole export, and what pages take meanwhile."""
    served.forget_peak()
    before = served.peak_mib()
    taken = {}

    def take():
        connection = served.connection()
        start = time.perf_counter()
        answer = served.page(connection, {}, "/cdr.csv")
        size = lines = 0
        while piece := answer.read(1 << 18):
            taken.setdefault("first", (time.perf_counter() - start) * 1000)
            size += len(piece)
            lines += piece.count(b"\n")
        taken.update(seconds=time.perf_counter() - start, size=size, lines=lines)

    thread = threading.Thread(target=take)
    thread.start()
    connection, pages = served.connection(), []
    while thread.is_alive():
        pages.append(timed(lambda: served.page(connection, {}))[1])
    first = timed(lambda: served.page(connection, {"caller": "1001", "status": "BUSY"}, "/cdr.csv"))[0]
    print(f"Export of all: {taken['lines'] - 1:,} rows, {taken['size'] / 1e6:.0f} MB in {taken['seconds']:.1f} s, the first bytes after "
          f"{taken['first']:.0f} ms; {served.peak_mib():.0f} MiB at most, {before:.0f} before. Meanwhile the first page took {statistics.median(pages):.0f} ms "
          f"(median of {len(pages)}). Export of a filter: first bytes after {first:.0f} ms.\n")
    if max(taken["first"], first) > LIMIT_MS:
        slow.append("export")


def cpu_seconds(served):
    fields = pathlib.Path(f"/proc/{served.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_until_idle(served):
    before = -1
    while (now := cpu_seconds(served)) > before + 0.01:
        before = now
        time.sleep(0.5)


def stalled(served):
    """Clients that begin an export and take no more of it, and the end of the program in spite of them."""
    served.forget_peak()
    with contextlib.ExitStack() as kept:
        for _ in range(STALLED):
            connection = kept.enter_context(contextlib.closing(served.connection()))
            served.page(connection, {}, "/cdr.csv").read(1000)
        wait_until_idle(served)
        connection = served.connection()
        pages = [timed(lambda: served.page(connection, {}))[1] for _ in range(RUNS)]
        peak = served.peak_mib()
        print(f"{STALLED} clients that stopped reading their export: {peak:.0f} MiB at most; the first page took "
              f"{statistics.median(pages):.0f} ms (median); SIGTERM ended the program within {served.close():.1f} s.\n")


def measure(root, folder, size, ucmsim):
    """Prints tables, and says what took longer than it may."""
    environment = {**os.environ, "UCMSIM_BENCHMARK": "1"}
    build = ["swift", "build", "-c", "release", "--product", "benchmark-rows", "--package-path", root]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=environment)
    state = folder / "state"
    state.mkdir(mode=0o700)
    wanted = max(1, int(ROWS * size))
    subprocess.run([root / ".build/release/benchmark-rows", state / "cdr.sqlite", str(wanted), "make"], check=True, stdout=subprocess.DEVNULL)
    served = Served(ucmsim, root, state)
    print(f"`serve`: {wanted:,} rows in the kept state; listening after {served.seconds_to_listen:.1f} s\n")
    slow = []
    connection, old = served.connection(), served.connection("CDR API (old)")
    count_rows = lambda body: body.count(b'"cdr-table"') and body.count(b">Ladder</a>")
    calls = lambda body: len(json.loads(body)["cdr_root"])
    table("page of calls", [(name, lambda query=query: served.page(connection, query), count_rows) for name, query in PAGES], "calls", slow)
    table("HTTPS API", [(name, lambda query=query: served.rows(connection, query), calls) for name, query in QUERIES], "calls", slow)
    table("HTTPS API, no limit", [("the first 10,000 calls", lambda: served.rows(connection, {"numRecords": "10000"}), calls)], "calls", slow)
    table("old API (two requests)", [(name, lambda query=query: served.old_rows(old, query), calls) for name, query in QUERIES], "calls", slow)
    export(served, slow)
    stalled(served)
    print(f"Longer than {LIMIT_MS} ms to the first byte: {', '.join(slow) or 'none'}.\n")
