"""The office of the benchmark's traces: a PBX between phones and two carriers, and the SIP each of them writes.

Every call is two dialogs, one on either side of the PBX, as a back-to-back user agent makes them (RFC 7092). Times are
microseconds. The same seed gives the same messages; names and numbers are invented, addresses are those of RFC 5737,
RFC 3849 and RFC 1918.
"""
import heapq
import random

PHONES = 200
PBX_IPV4, PBX_IPV6 = "10.20.0.10", "2001:db8:20::10"
REALM = "office.example"
SECOND = 1_000_000
REGISTRATION_SECONDS, KEEPALIVE_SECONDS = 3600, 60
ALLOW = "Allow: INVITE, ACK, OPTIONS, CANCEL, BYE, SUBSCRIBE, NOTIFY, INFO, REFER, UPDATE, MESSAGE\r\n"
CODECS = (
    "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
    "a=ptime:20\r\na=sendrecv\r\n")


class Party:
    """A phone or a carrier: its place in the network and what it writes of itself."""

    def __init__(self, number, host, port, agent, name="", transport="UDP", pbx_host=PBX_IPV4, pbx_port=5060):
        self.number, self.name, self.host, self.port, self.agent = number, name, host, port, agent
        self.transport, self.pbx_host, self.pbx_port = transport, pbx_host, pbx_port
        self.address = f"{bracketed(host)}:{port}"
        self.pbx_address = f"{bracketed(pbx_host)}:{pbx_port}"
        self.parameter = "" if transport == "UDP" else f";transport={transport.lower()}"
        self.candidates = ""
        self.free_at = 0

    @property
    def is_phone(self):
        return bool(self.number)

    def sdp(self, is_pbx, port, session):
        host = self.pbx_host if is_pbx else self.host
        family = "IP6" if ":" in host else "IP4"
        return (f"v=0\r\no=- {session} 1 IN {family} {host}\r\ns=-\r\nc=IN {family} {host}\r\nt=0 0\r\n"
                f"m=audio {port} RTP/AVP 0 8 101\r\n{CODECS}{self.candidates}")


class Leg:
    """One dialog between a party and the PBX. `caller_is_pbx` says which of them sent the INVITE."""

    def __init__(self, party, caller_is_pbx, target, caller, callee, identity):
        self.party, self.caller_is_pbx, self.target = party, caller_is_pbx, target
        party_end = (party.address, party.agent, party.number)
        pbx_end = (party.pbx_address, PBX_AGENT, "")
        self.ends = (pbx_end, party_end) if caller_is_pbx else (party_end, pbx_end)
        caller_host = bracketed(party.pbx_host) if caller_is_pbx or party.is_phone else bracketed(party.host)
        callee_host = bracketed(party.host) if caller_is_pbx else bracketed(party.pbx_host)
        self.call_id = f"{identity:016x}-{int(caller_is_pbx)}@{caller_host}"
        self.sides = (f"{caller}@{caller_host}>;tag=a{identity:x}", f"<sip:{callee}@{callee_host}>")
        self.callee_tag = f";tag=b{identity ^ 0x5A5A5A:x}"
        self.identity, self.branches, self.number = identity, 0, 100 + identity % 900
        self.vias = {}

    def request(self, method, by_callee=False, in_dialog=True, extra="", body=""):
        """What one end asks of the other: (is it towards the PBX, text). Outside of the dialog, an ACK or a CANCEL
        belongs to the INVITE and carries its branch (RFC 3261 sections 9.1 and 17.1.1.3)."""
        address, agent, user = self.ends[by_callee]
        is_tagged = in_dialog or method == "ACK"
        first, second = self.sides[0], self.sides[1] + (self.callee_tag if is_tagged else "")
        if by_callee:
            first, second = second, first
        if in_dialog or method not in ("ACK", "CANCEL"):
            self.branches += 1
            via = f"SIP/2.0/{self.party.transport} {address};branch=z9hG4bK{self.identity:x}.{self.branches};rport"
            self.vias[method] = via = f"Via: {via}\r\n"
        else:
            via = self.vias["INVITE"]
        target = self.target if not by_callee else f"sip:{self.ends[0][2]}@{self.ends[0][0]}"
        contact = f"Contact: <sip:{user}@{address}{self.party.parameter}>\r\n" if method == "INVITE" else ""
        if body:
            extra += "Content-Type: application/sdp\r\n"
        return self.is_towards_pbx(by_callee), (
            f"{method} {target} SIP/2.0\r\n{via}Max-Forwards: 70\r\nFrom: {first}\r\nTo: {second}\r\n{contact}"
            f"Call-ID: {self.call_id}\r\nCSeq: {self.number} {method}\r\nUser-Agent: {agent}\r\n"
            f"{extra}Content-Length: {len(body)}\r\n\r\n{body}")

    def response(self, status, method="INVITE", to_callee=False, tagged=True, extra="", body=""):
        """What the other end answers to the last request of that method."""
        address, agent, user = self.ends[not to_callee]
        first, second = self.sides[0], self.sides[1] + (self.callee_tag if tagged else "")
        if to_callee:
            first, second = second, first
        is_target = method == "INVITE" and tagged and status[0] in "12"
        contact = f"Contact: <sip:{user}@{address}{self.party.parameter}>\r\n" if is_target else ""
        if body:
            extra += "Content-Type: application/sdp\r\n"
        via = self.vias["INVITE" if method == "CANCEL" else method]
        return self.is_towards_pbx(not to_callee), (
            f"SIP/2.0 {status}\r\n{via}From: {first}\r\nTo: {second}\r\n{contact}Call-ID: {self.call_id}\r\n"
            f"CSeq: {self.number} {method}\r\nServer: {agent}\r\n{extra}Content-Length: {len(body)}\r\n\r\n{body}")

    def is_towards_pbx(self, from_callee):
        return self.caller_is_pbx == from_callee


PBX_AGENT = "Office PBX 1.0.21.9"


def bracketed(host):
    return f"[{host}]" if ":" in host else host


class Office:
    """Makes calls, registrations and keep-alives as (time, party, towards the PBX, text), in order of time."""

    def __init__(self, phones, carriers, calls, seed, at_once=45, talk_seconds=(20, 300), start_second=1_760_000_000):
        self.phones, self.carriers, self.calls = phones, carriers, calls
        self.random = random.Random(seed).random
        self.talk_seconds = talk_seconds
        mean_seconds = 0.8 * sum(talk_seconds) / 2 + 7
        self.gap = 2 * SECOND * mean_seconds / at_once
        self.now = start_second * SECOND
        self.queue, self.pushed, self.identities = [], 0, 0
        self.answered = None

    def pick(self, choices):
        return choices[int(self.random() * len(choices))]

    def between(self, low, high):
        return low + int(self.random() * (high - low))

    def identity(self):
        self.identities += 1
        return (self.identities * 0x9E3779B97F4A7C15) & 0x7FFFFFFFFFFFFFFF

    def push(self, time, party, message):
        self.pushed += 1
        heapq.heappush(self.queue, (time, self.pushed, party, *message))

    def messages(self):
        """All messages of the trace in order of time."""
        queue, pop = self.queue, heapq.heappop
        for position, phone in enumerate(self.phones):
            self.push(self.now + position * 50_000, phone, (True, None))
        for carrier in self.carriers:
            self.push(self.now + 5 * SECOND, carrier, (True, None))
        made, next_call = 0, self.now + 20 * SECOND
        while made < self.calls or queue:
            if made < self.calls and (not queue or queue[0][0] >= next_call):
                self.now = next_call
                self.call(next_call)
                made += 1
                next_call += 1 + int(self.random() * self.gap)
                continue
            time, _, party, towards_pbx, text = pop(queue)
            if text is not None:
                yield time, party, towards_pbx, text
            elif made < self.calls:
                self.recurring(time, party)

    def recurring(self, time, party):
        if party.is_phone:
            self.register(time, party)
            self.push(time + (REGISTRATION_SECONDS - 60) * SECOND + self.between(0, 60 * SECOND), party, (True, None))
        else:
            self.keepalive(time, party)
            self.push(time + KEEPALIVE_SECONDS * SECOND, party, (True, None))

    def authorization(self, party, identity):
        return (f'Authorization: Digest username="{party.number}", realm="{REALM}", nonce="{identity:032x}", '
                f'uri="sip:{bracketed(party.pbx_host)}", response="{identity * 31:032x}", algorithm=MD5\r\n')

    def challenge(self, identity):
        return f'WWW-Authenticate: Digest realm="{REALM}", nonce="{identity:032x}", algorithm=MD5\r\n'

    def register(self, time, party):
        identity = self.identity()
        leg = Leg(party, False, f"sip:{bracketed(party.pbx_host)}", f'"{party.name}" <sip:{party.number}',
                  party.number, identity)
        contact = (f"Contact: <sip:{party.number}@{party.address}{party.parameter}>;expires=7200\r\n"
                   f"Supported: path, gruu, outbound\r\n{ALLOW}Expires: 7200\r\n")
        self.push(time, party, leg.request("REGISTER", in_dialog=False, extra=contact))
        self.push(time + 900, party, leg.response("401 Unauthorized", "REGISTER", extra=self.challenge(identity)))
        leg.number += 1
        contact = self.authorization(party, identity) + contact
        self.push(time + 2_100, party, leg.request("REGISTER", in_dialog=False, extra=contact))
        bound = f"Contact: <sip:{party.number}@{party.address}{party.parameter}>;expires=7200\r\n"
        self.push(time + 3_300, party, leg.response("200 OK", "REGISTER", extra=bound))

    def keepalive(self, time, party):
        leg = Leg(party, True, f"sip:{party.address}{party.parameter}", '"asterisk" <sip:asterisk', "", self.identity())
        leg.sides = (leg.sides[0], f"<sip:{bracketed(party.host)}>")
        self.push(time, party, leg.request("OPTIONS", in_dialog=False, extra="Supported: 100rel, timer, replaces\r\n"))
        self.push(time + 12_000, party, leg.response("200 OK", "OPTIONS", extra=ALLOW))

    def free_phone(self, time):
        for _ in range(50):
            phone = self.pick(self.phones)
            if phone.free_at <= time:
                return phone
        return phone

    def call(self, time):
        """One call: out, in or between two phones; answered, busy, cancelled or not answered."""
        phone, carrier = self.free_phone(time), self.pick(self.carriers)
        phone.free_at = time + 3600 * SECOND
        outside, kind = f"30{self.between(1_000_000, 9_999_999)}", self.random()
        if kind < 0.45:
            parties = (phone, carrier, f"0{outside}", f"+49{outside}", f'"{phone.name}" <sip:{phone.number}',
                       f'"{phone.name}" <sip:+49304455{phone.number}')
        elif kind < 0.85:
            caller = f'"+49{outside}" <sip:+49{outside}'
            parties = (carrier, phone, f"+49304455{phone.number}", phone.number, caller, caller)
        else:
            other = self.free_phone(time)
            other.free_at = time + 3600 * SECOND
            caller = f'"{other.name}" <sip:{other.number}'
            parties = (other, phone, phone.number, phone.number, caller, caller)
        end = self.play(time, *parties)
        parties[0].free_at = parties[1].free_at = end

    def play(self, time, caller, callee, dialled, called, caller_shown, caller_sent):
        identity = self.identity()
        a = Leg(caller, False, f"sip:{dialled}@{bracketed(caller.pbx_host)}", caller_shown, dialled, identity)
        b = Leg(callee, True, f"sip:{called}@{callee.address}{callee.parameter}", caller_sent, called, self.identity())
        ports = [10_000 + 2 * self.between(0, 5000) for _ in range(4)]
        time = self.open(time, a, b, ports, identity)
        ringing = self.between(2 * SECOND, 9 * SECOND)
        outcome = self.random()
        if outcome < 0.80:
            talk = self.between(self.talk_seconds[0] * SECOND, self.talk_seconds[1] * SECOND)
            return self.answer_and_end(time + ringing, time + ringing + talk, a, b, ports, identity)
        if outcome < 0.88:
            return self.refuse(time + ringing // 4, a, b)
        return self.give_up(time + ringing, a, b, by_caller=outcome < 0.95)

    def open(self, time, a, b, ports, identity):
        """INVITE to ringing on both sides; returns when it rings."""
        extra = f"{ALLOW}Supported: replaces, timer, 100rel\r\nSession-Expires: 1800\r\nMin-SE: 90\r\n"
        offer = a.party.sdp(False, ports[0], identity & 0xFFFFFFF)
        if a.party.is_phone:
            self.push(time, a.party, a.request("INVITE", in_dialog=False, extra=extra, body=offer))
            self.push(time + 800, a.party, a.response("401 Unauthorized", extra=self.challenge(identity)))
            self.push(time + 2_000, a.party, a.request("ACK", in_dialog=False))
            a.number += 1
            time += 2_100
            extra = self.authorization(a.party, identity) + extra
        self.push(time, a.party, a.request("INVITE", in_dialog=False, extra=extra, body=offer))
        self.push(time + 700, a.party, a.response("100 Trying", tagged=False))
        extra = f"{ALLOW}Supported: timer, replaces, norefersub\r\nSession-Expires: 1800\r\nMin-SE: 90\r\n"
        if not b.party.is_phone:
            extra = f"P-Asserted-Identity: {b.sides[0].partition(';')[0]}\r\n" + extra
        offer = b.party.sdp(True, ports[1], identity & 0xFFFFFFF)
        self.push(time + 1_600, b.party, b.request("INVITE", in_dialog=False, extra=extra, body=offer))
        self.push(time + 4_000, b.party, b.response("100 Trying", tagged=False))
        time += self.between(30_000, 900_000)
        self.push(time, b.party, b.response("180 Ringing", extra=ALLOW))
        self.push(time + 700, a.party, a.response("180 Ringing", extra=ALLOW))
        return time

    def answer_and_end(self, time, end, a, b, ports, identity):
        extra = f"{ALLOW}Supported: timer, replaces\r\nRequire: timer\r\nSession-Expires: 1800;refresher=uac\r\n"
        answer = b.party.sdp(False, ports[2], identity & 0xFFFFFF)
        self.push(time, b.party, b.response("200 OK", extra=extra, body=answer))
        self.push(time + 600, b.party, b.request("ACK"))
        answer = a.party.sdp(True, ports[3], identity & 0xFFFFFF)
        self.push(time + 900, a.party, a.response("200 OK", extra=extra, body=answer))
        self.push(time + 15_000, a.party, a.request("ACK"))
        if self.answered:
            self.answered(time + 16_000, end, a.party, b.party, ports)
        a.number += 1
        b.number += 1
        if self.random() < 0.5:
            self.hang_up(end, a, b, by_callee=False)
        else:
            self.hang_up(end, b, a, by_callee=True)
        return end + 60_000

    def hang_up(self, time, first, second, by_callee):
        reason = 'Reason: Q.850;cause=16;text="Normal call clearing"\r\n'
        self.push(time, first.party, first.request("BYE", by_callee=by_callee))
        self.push(time + 700, first.party, first.response("200 OK", "BYE", to_callee=by_callee))
        self.push(time + 1_500, second.party, second.request("BYE", by_callee=by_callee, extra=reason))
        self.push(time + 20_000, second.party, second.response("200 OK", "BYE", to_callee=by_callee))

    def refuse(self, time, a, b):
        for leg, later in [(b, 0), (a, 1_500)]:
            self.push(time + later, leg.party, leg.response("486 Busy Here"))
            self.push(time + later + 600, leg.party, leg.request("ACK", in_dialog=False))
        return time + 30_000

    def give_up(self, time, a, b, by_caller):
        """The caller cancels, or the PBX stops ringing after a while and tells the caller so."""
        if by_caller:
            self.cancel(time, a)
        else:
            time += 15 * SECOND
            self.push(time + 1_200, a.party, a.response("480 Temporarily Unavailable"))
            self.push(time + 14_000, a.party, a.request("ACK", in_dialog=False))
        self.cancel(time + 1_100, b)
        return time + 30_000

    def cancel(self, time, leg):
        self.push(time, leg.party, leg.request("CANCEL", in_dialog=False))
        self.push(time + 10_000, leg.party, leg.response("200 OK", "CANCEL"))
        self.push(time + 10_300, leg.party, leg.response("487 Request Terminated"))
        self.push(time + 12_000, leg.party, leg.request("ACK", in_dialog=False))


def phones(make=None):
    """The office's phones 1000 and up. `make(index, number, name)` may put one elsewhere in the network."""
    def plain(index, number, name):
        return Party(number, f"10.20.{1 + index // 100}.{10 + index % 100}", 5060, "DeskPhone GX 1.0.11.48", name)
    make = make or plain
    return [make(index, str(1000 + index), f"Person {index:03}") for index in range(PHONES)]


def carriers():
    return [Party("", "203.0.113.20", 5060, "CarrierSBC/7.4"), Party("", "198.51.100.40", 5060, "EdgeProxy 2.9")]


def site(pbx_addresses, carriers_of_site):
    """The office as a site file of ours (docs: the schema in hardware-profiles/schemas)."""
    lines = ["pbx:", "  addresses: [" + ", ".join(f'"{address}"' for address in pbx_addresses) + "]",
             "timeZone: Europe/Berlin", "concurrentRegistrations: 2", "ringTimeoutSeconds: 30", "extensions:"]
    lines += [f"  - {{number: {1000 + index}, name: Person {index:03}}}" for index in range(PHONES)]
    lines.append("trunks:")
    for index, carrier in enumerate(carriers_of_site, 1):
        lines += [f"  - name: Carrier{index}", f"    index: {index}", "    kind: peer",
                  f'    addresses: ["{carrier.address}"]', '    outboundCallerID: "+49304455{extension}"']
    lines += ["inboundRoutes:", '  - pattern: "+493044551[0-1]XX"', "    destination: {byDID: {strip: 8}}",
              "outboundRoutes:", "  - name: National", "    index: 1", '    patterns: ["0X."]', "    strip: 1",
              '    prepend: "+49"', "    trunk: Carrier1"]
    return "\n".join(lines) + "\n"
