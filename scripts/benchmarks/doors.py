#!/usr/bin/env python3
"""Asks a served appliance with many clients at once, beside a bare TLS server that answers the same number of bytes.

  scripts/benchmarks/doors.py UCMSIM TRACE --site SITE [--clients 200] [--seconds 60]

Every client keeps one connection and asks, with the cookie of one login, for accounts, calls, status and ten rows in
turn, one request after the other. Prints a line for each server: requests, errors, p50, p99, the most it took, and the
most memory the server had. Exit code 1 where a request failed. What the baseline takes is this script's own share.
"""
import argparse
import asyncio
import hashlib
import json
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import time

ACTIONS = [
    {"action": "listAccount", "item_num": "30"}, {"action": "listBridgedChannels"}, {"action": "getSystemStatus"},
    {"action": "cdrapi", "format": "json", "numRecords": "10"},
]


async def ask(reader, writer, request):
    body = json.dumps({"request": request}).encode()
    writer.write(b"POST /api HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                 + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))
    answer = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(head.split(b"\r\n")[0].decode())
    return json.loads(answer)


async def log_in(port, context):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    answer = await ask(reader, writer, {"action": "challenge", "user": "cdrapi", "version": "1.0"})
    token = hashlib.md5((answer["response"]["challenge"] + "cdrapi123").encode()).hexdigest()
    answer = await ask(reader, writer, {"action": "login", "user": "cdrapi", "token": token})
    writer.close()
    return answer["response"]["cookie"]


async def client(port, context, until, times, failures, sizes, cookie):
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, ssl_handshake_timeout=60)
        turn = 0
        while time.monotonic() < until:
            start = time.monotonic()
            answer = await ask(reader, writer, {**ACTIONS[turn % len(ACTIONS)], "cookie": cookie})
            if answer.get("status", 0) != 0:
                raise ValueError(f"status {answer['status']}")
            times.append(time.monotonic() - start)
            sizes.append(len(json.dumps(answer)))
            turn += 1
        writer.close()
    except Exception as error:
        failures.append(f"{type(error).__name__}: {error}")


async def load(port, clients, seconds, logs_in):
    context = ssl._create_unverified_context()
    times, failures, sizes = [], [], []
    cookie = await log_in(port, context) if logs_in else ""
    until = time.monotonic() + seconds
    await asyncio.gather(*(client(port, context, until, times, failures, sizes, cookie) for _ in range(clients)))
    return times, failures, sizes


def tell(name, times, failures, memory):
    times.sort()
    at = lambda share: f"{times[min(len(times) - 1, int(len(times) * share))] * 1000:.0f} ms" if times else "-"
    print(f"{name}: {len(times)} requests, {len(failures)} errors, p50 {at(0.5)}, p99 {at(0.99)}, most {at(1)}"
          + (f", {memory >> 10} MiB at most" if memory else ""))
    for failure in sorted(set(failures))[:5]:
        print("  " + failure)


def peak_memory(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))


async def bare(size, folder):
    """Answers every request with so many bytes of JSON."""
    body = json.dumps({"status": 0, "response": "x" * max(0, size - 30)}).encode()
    answer = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    async def serve(reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head).group(1)))
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder + "/server.pem", folder + "/server-key.pem")
    return await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)


async def baseline(size, folder, options):
    server = await bare(size, folder)
    async with server:
        return await load(server.sockets[0].getsockname()[1], options.clients, options.seconds, False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ucmsim")
    parser.add_argument("trace")
    parser.add_argument("--site", required=True)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [options.ucmsim, "serve", options.trace, "--model", "UCM6304", "--site", options.site, "--port", "0",
             "--no-cdr-api", "--state", folder], stdout=subprocess.PIPE, text=True)
        port = 0
        while not port:
            line = server.stdout.readline()
            if not line:
                sys.exit("the server did not start")
            found = re.match(r"HTTPS API +https:.*:(\d+)", line)
            port = int(found.group(1)) if found else 0
        times, failures, sizes = asyncio.run(load(port, options.clients, options.seconds, True))
        tell("ucmsim serve", times, failures, peak_memory(server.pid))
        start = time.monotonic()
        server.terminate()
        print(f"  ended with {server.wait()} within {time.monotonic() - start:.1f} s of SIGTERM")
        more = asyncio.run(baseline(sum(sizes) // max(1, len(sizes)), folder, options))
        tell("a bare TLS server", more[0], more[1], 0)
    sys.exit(1 if failures else 0)


main()
