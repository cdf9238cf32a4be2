"""Programs run side by side on one trace: what each is called with, what it costs, how many messages it tells of."""
import os
import re
import shutil
import statistics
import subprocess

CALL_ID_LINE = re.compile(rb"^(?:Call-ID|i)\s*:", re.IGNORECASE)
START_OF_MATCH = re.compile(rb"^[UT] ")


class Run:
    """One command. `found` says how many messages a line of its output stands for, if the output tells."""

    def __init__(self, label, command, found=None, is_slow=False):
        self.label, self.command, self.found, self.is_slow = label, [str(word) for word in command], found, is_slow

    @property
    def tool(self):
        return os.path.basename(self.command[0])

    @property
    def is_here(self):
        return shutil.which(self.command[0]) is not None

    def cost(self):
        """CPU seconds and peak resident megabytes of one whole process."""
        process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            raise RuntimeError(f"{' '.join(self.command)}: exit status {os.waitstatus_to_exitcode(status)}")
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def costs(self, times):
        """CPU seconds of every run, least first, and the largest peak."""
        pairs = [self.cost() for _ in range(1 if self.is_slow else times)]
        return sorted(seconds for seconds, _ in pairs), max(peak for _, peak in pairs)

    def messages(self):
        """How many messages the output tells of; None if it does not."""
        if not self.found:
            return None
        process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        count = sum(self.found(line) for line in process.stdout)
        process.wait()
        return count


def call_ids(line):
    """tshark writes the Call-IDs of one frame with commas between them."""
    line = line.strip()
    return line.count(b",") + 1 if line else 0


def ours(ucmsim, trace, site, out):
    replay = [ucmsim, "replay", trace, "--model", "UCM6304", "--site", site, "--crm", "none"]
    return [
        Run("ucmsim messages F --count", [ucmsim, "messages", trace, "--count"], int),
        Run("ucmsim messages F --format jsonl", [ucmsim, "messages", trace, "--format", "jsonl"], lambda line: 1),
        Run("ucmsim replay F --crm none", replay),
        Run("ucmsim replay F --crm none --out DIR", [*replay, "--out", out]),
    ]


def copy(trace):
    return Run("tcpdump -r F -w /dev/null", ["tcpdump", "-r", trace, "-w", "/dev/null"])


def others(trace, folder):
    tshark = ["tshark", "-n", "-r", trace, "-Y", "sip", "-T", "fields", "-e", "sip.Call-ID"]
    return [
        Run("ngrep", ["ngrep", "-q", "-I", trace, "-W", "byline", "SIP/2.0"], lambda line: bool(START_OF_MATCH.match(line))),
        Run("sipgrep", ["sipgrep", "-C", "-I", trace], lambda line: bool(CALL_ID_LINE.match(line))),
        Run("sngrep -N -q", ["sngrep", "-N", "-q", "-I", trace]),
        Run("suricata", ["suricata", "-r", trace, "-l", folder, "-k", "none"]),
        Run("tshark -Y sip", tshark, call_ids, is_slow=True),
        Run("tshark -Y sip, reassembling", [*tshark, "-o", "tcp.reassemble_out_of_order:TRUE"], call_ids, is_slow=True),
    ]


def row(run, times, written, base_seconds):
    """A row of the table, and the median of the CPU seconds."""
    found = run.messages()
    seconds, peak = run.costs(times)
    middle = statistics.median(seconds)
    tells = "" if found is None else f"{found:,} ({found / written:.2%})"
    ratio = middle / (base_seconds or middle)
    return middle, f"| `{run.label}` | {seconds[0]:.2f} | {middle:.2f} | {ratio:.1f} | {peak:.0f} | {tells} |"
