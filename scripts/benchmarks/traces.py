"""The traces: each function writes one and returns its capture, whose `messages` says how many SIP messages are in it."""
import struct

import frames
import office
import streams

FULL_CALLS = {"calls": 50_000, "media": 2_600, "mixed": 25_000}
SECOND = office.SECOND


def calls(path, size):
    """Nothing but SIP over UDP and IPv4: 100,000 dialogs, two for each call through the PBX."""
    capture, carriers = frames.Capture(path), office.carriers()
    work = office.Office(office.phones(), carriers, count("calls", size), seed=1)
    links = {party: frames.Datagrams(party) for party in work.phones + carriers}
    for time, party, towards_pbx, text in work.messages():
        links[party].send(capture, time, towards_pbx, text.encode())
        capture.messages += 1
    capture.close()
    return capture, office.site([f"{office.PBX_IPV4}:5060"], carriers)


class Stream:
    """One direction of G.711 in 20 ms packets of 214 bytes, and its RTCP reports: a frame whose fields are patched."""

    def __init__(self, source, destination, ports, identity, end):
        wire = frames.Wire(source, destination)
        rtp = struct.pack("!BBHII", 0x80, 8, 0, 0, identity) + bytes((identity + at * 37) & 0xFF for at in range(160))
        self.frame = bytearray(wire.packet(frames.UDP, struct.pack("!HHHH", *ports, 180, 0) + rtp))
        report = struct.pack("!BBHIQIII", 0x80, 200, 6, identity, 0, 0, 0, 0) + struct.pack("!BBHIBB", 0x81, 202, 3, identity, 1, 4)
        report += b"desk\0\0"
        head = struct.pack("!HHHH", ports[0] + 1, ports[1] + 1, 8 + len(report), 0)
        self.report = wire.packet(frames.UDP, head + report)
        self.sequence, self.identity, self.end = identity & 0x7FFF, identity, end


class Media:
    """The streams that run, one tick of 20 ms after the other."""

    TICK = 20_000

    def __init__(self, capture):
        self.capture, self.streams, self.waiting, self.next_tick, self.ticks = capture, [], [], 0, 0

    def answered(self, start, end, caller, callee, ports):
        pairs = [(caller, ports[0], ports[3]), (callee, ports[2], ports[1])]
        for party, theirs, ours in pairs:
            identity = (len(self.streams) * 2_654_435_761 + start) & 0xFFFFFFFF
            self.waiting.append((start, Stream(party.host, party.pbx_host, (theirs, ours), identity, end)))
            self.waiting.append((start, Stream(party.pbx_host, party.host, (ours, theirs), identity ^ 0x55555, end)))

    def run_until(self, time):
        if not self.next_tick:
            self.next_tick = time
        while self.next_tick < time:
            self.tick(self.next_tick)
            self.next_tick += self.TICK
            self.ticks += 1

    def tick(self, now):
        ready = [stream for start, stream in self.waiting if start <= now]
        if ready:
            self.waiting = [pair for pair in self.waiting if pair[0] > now]
            for stream in ready:
                self.capture.write(now, stun(stream.frame, stream.identity))
            self.streams += ready
        if self.ticks % 250 == 0:
            self.streams = [stream for stream in self.streams if stream.end > now]
            for stream in self.streams:
                self.capture.write(now, stream.report)
        pack, out = struct.pack_into, []
        step, clock = 0, self.ticks * 160
        record = frames.RECORD.pack
        for stream in self.streams:
            if stream.end <= now:
                continue
            stream.sequence = (stream.sequence + 1) & 0xFFFF
            pack("!HI", stream.frame, 44, stream.sequence, (clock + stream.identity) & 0xFFFFFFFF)
            at = now + step
            step += 7
            out.append(record(at // 1_000_000, at % 1_000_000, 214, 214))
            out.append(bytes(stream.frame))
        self.capture.file.write(b"".join(out))
        self.capture.frames += len(out) // 2
        if out:
            self.capture.last = max(self.capture.last, now + step)


def stun(frame, identity):
    """A STUN binding request (RFC 8489) on the addresses and ports of a stream."""
    request = struct.pack("!HHIQI", 1, 0, 0x2112A442, identity << 20, identity)
    ip = bytearray(frame[14:34])
    ip[2:4], ip[10:12] = struct.pack("!H", 48), b"\0\0"
    ip[10:12] = struct.pack("!H", frames.checksum(bytes(ip)))
    return bytes(frame[:14] + ip + frame[34:38]) + struct.pack("!HH", 28, 0) + request


def media(path, size):
    """2 % SIP inside G.711, with the RTCP, STUN and DNS that come with it."""
    capture, carriers = frames.Capture(path), office.carriers()
    work = office.Office(office.phones(), carriers, count("media", size), seed=2, at_once=40, talk_seconds=(4, 13))
    streams_of_calls = Media(capture)
    work.answered = streams_of_calls.answered
    links = {party: frames.Datagrams(party) for party in work.phones + carriers}
    resolver = frames.Wire(office.PBX_IPV4, "192.0.2.53")
    for time, party, towards_pbx, text in work.messages():
        streams_of_calls.run_until(time)
        if text.startswith("INVITE") and not towards_pbx and not party.is_phone:
            question = struct.pack("!HHHHHH", capture.messages & 0xFFFF, 0x0100, 1, 0, 0, 0) + b"\x03sip\x07carrier\x07example\0\0\x01\0\x01"
            capture.write(time, resolver.datagram(40_000 + capture.messages % 1000, 53, question)[0])
        links[party].send(capture, time, towards_pbx, text.encode())
        capture.messages += 1
    capture.close()
    return capture, office.site([f"{office.PBX_IPV4}:5060"], carriers)


def mixed(path, size):
    """Every phone on a way of its own to the PBX: UDP, TCP, WebSocket, IPv6, VLAN, QinQ, fragments."""
    capture, carriers = frames.Capture(path), streams.carriers()
    work = office.Office(office.phones(streams.phone), carriers, count("mixed", size), seed=3)
    links = {party: streams.link(party, seed) for seed, party in enumerate(work.phones + carriers)}
    for time, party, towards_pbx, text in work.messages():
        links[party].send(capture, time, towards_pbx, text.encode())
        capture.messages += 1
    capture.close()
    addresses = [f"{host}:{port}" for host in (office.PBX_IPV4, f"[{office.PBX_IPV6}]") for port in (5060, streams.WEBSOCKET_PORT)]
    return capture, office.site(addresses, carriers)


def count(kind, size):
    return max(1, int(FULL_CALLS[kind] * size))


KINDS = {"calls": calls, "media": media, "mixed": mixed}


def make(kind, path, size):
    """Writes the trace `path` and its site file beside it; returns the capture and the site file's path."""
    capture, site = KINDS[kind](path, size)
    site_path = path.with_suffix(".yaml")
    site_path.write_text(site)
    return capture, site_path
