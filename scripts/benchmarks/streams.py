"""The ways to the PBX of the mixed trace, and SIP over TCP (RFC 3261 section 18.3) and WebSocket (RFC 7118)."""
import base64
import random
import struct

import frames
import office

WEBSOCKET_PORT = 8088
SYN, ACK, PUSH = 0x02, 0x10, 0x08
LARGEST_SEGMENT = 1400
VLAN, QINQ = b"\x81\x00\x00\x14", b"\x88\xa8\x00\x64\x81\x00\x00\x14"
# What a softphone with ICE offers (RFC 8445): makes an INVITE too large for one packet.
CANDIDATES = "".join(
    f"a=candidate:{number} 1 UDP {2_130_706_431 - number} 192.0.2.{number} {40_000 + number} typ host generation 0\r\n"
    for number in range(1, 21))

# (share of the phones in percent, transport, IPv6, tags, large bodies)
WAYS = [
    (20, "UDP", False, b"", False), (10, "UDP", True, b"", False), (10, "UDP", False, VLAN, False),
    (6, "UDP", False, QINQ, False), (8, "UDP", False, b"", True), (4, "UDP", True, VLAN, True),
    (16, "TCP", False, b"", False), (8, "TCP", True, b"", False), (4, "TCP", False, VLAN, True),
    (10, "WS", False, b"", True), (4, "WS", True, b"", False),
]


def way(index):
    # Seven is prime to a hundred, so neighbours go different ways and every way gets its share.
    place = index * 7 % 100
    for share, *rest in WAYS:
        if place < share:
            return rest
        place -= share
    return list(WAYS[0][1:])


def phone(index, number, name):
    """A phone on the way of its index."""
    transport, is_ipv6, tags, is_large = way(index)
    host = f"2001:db8:20:1::{index + 1:x}" if is_ipv6 else f"10.20.{1 + index // 100}.{10 + index % 100}"
    port = 5060 if transport == "UDP" else 30_000 + index
    party = office.Party(
        number, host, port, "SoftPhone 3.2", name, transport, office.PBX_IPV6 if is_ipv6 else office.PBX_IPV4,
        WEBSOCKET_PORT if transport == "WS" else 5060)
    party.candidates, party.tags = (CANDIDATES if is_large else ""), tags
    return party


def carriers():
    parties = [office.Party("", "203.0.113.20", 5060, "CarrierSBC/7.4"),
               office.Party("", "198.51.100.40", 5061, "EdgeProxy 2.9", transport="TCP")]
    for party in parties:
        party.tags = b""
    return parties


def link(party, seed):
    chance = random.Random(1000 + seed).random
    if party.transport == "UDP":
        return frames.Datagrams(party, party.tags, reverse=chance)
    return (Connection if party.transport == "TCP" else WebSocket)(party, chance)


class Connection:
    """One TCP connection for the whole trace. What is sent is cut at any byte, glued, sometimes swapped or sent twice."""

    def __init__(self, party, chance):
        self.wires = (frames.Wire(party.pbx_host, party.host, party.tags), frames.Wire(party.host, party.pbx_host, party.tags))
        self.ports, self.chance, self.is_open = (party.port, party.pbx_port), chance, False
        self.sequence = [0x7FFFFF00 + party.port * 7919, 0xFFFF0000 + party.port]
        self.held, self.is_challenged = [b"", b""], False

    def segment(self, towards_pbx, sequence, flags, payload=b""):
        here, there = self.ports if towards_pbx else self.ports[::-1]
        acknowledged = self.sequence[not towards_pbx] if flags != SYN else 0
        return self.wires[towards_pbx].segment(here, there, sequence, acknowledged, flags, payload)

    def open(self, capture, time):
        self.is_open = True
        for towards_pbx, flags in [(True, SYN), (False, SYN | ACK)]:
            capture.write(time, self.segment(towards_pbx, self.sequence[towards_pbx], flags))
            self.sequence[towards_pbx] += 1
        capture.write(time, self.segment(True, self.sequence[True], ACK))

    def send(self, capture, time, towards_pbx, text):
        if not self.is_open:
            self.open(capture, time)
        payload = self.held[towards_pbx] + self.framed(towards_pbx, text)
        self.held[towards_pbx] = b""
        if self.is_followed(text):
            self.held[towards_pbx] = payload
            return
        self.deliver(capture, time, towards_pbx, payload)

    def is_followed(self, text):
        """Whether the same end says more soon: a 180 after its 100, another INVITE after the ACK of a 401."""
        if text.startswith(b"SIP/2.0 401"):
            self.is_challenged = b" INVITE\r\n" in text
        is_followed = text.startswith(b"SIP/2.0 100") or (self.is_challenged and text.startswith(b"ACK"))
        self.is_challenged = self.is_challenged and not is_followed
        return is_followed

    def framed(self, towards_pbx, text):
        """RFC 5626 keep-alive before some messages of a phone."""
        return b"\r\n\r\n" + text if towards_pbx and self.chance() < 0.05 else text

    def deliver(self, capture, time, towards_pbx, payload):
        segments = [self.segment(towards_pbx, self.sequence[towards_pbx] + at, ACK | PUSH, part)
                    for at, part in self.parts(payload)]
        if len(segments) > 1 and self.chance() < 0.05:
            segments[0], segments[1] = segments[1], segments[0]
        if self.chance() < 0.01:
            segments.append(segments[0])
        self.sequence[towards_pbx] += len(payload)
        for position, segment in enumerate(segments):
            capture.write(time + position * 3, segment)
        capture.write(time + 40, self.segment(not towards_pbx, self.sequence[not towards_pbx], ACK))

    def parts(self, payload):
        cuts = {0, len(payload)} | set(range(LARGEST_SEGMENT, len(payload), LARGEST_SEGMENT))
        if self.chance() < 0.25:
            cuts |= {1 + int(self.chance() * (len(payload) - 1)) for _ in range(1 + int(self.chance() * 3))}
        edges = sorted(cuts)
        return [(low, payload[low:high]) for low, high in zip(edges, edges[1:])]


class WebSocket(Connection):
    """The same with the opening handshake and frames of RFC 6455: masked by the client, some of them in two parts."""

    def open(self, capture, time):
        super().open(capture, time)
        key = base64.b64encode(struct.pack("!QQ", self.ports[0], 1)).decode()
        self.deliver(capture, time, True, (
            f"GET /ws HTTP/1.1\r\nHost: pbx.example:{WEBSOCKET_PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.deliver(capture, time, False, (
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: invented\r\nSec-WebSocket-Protocol: sip\r\n\r\n"))

    def framed(self, towards_pbx, text):
        if self.chance() < 0.05:
            cut = 1 + int(self.chance() * (len(text) - 1))
            ping = self.frame(towards_pbx, 0x89, b"are you there")
            return self.frame(towards_pbx, 0x01, text[:cut]) + ping + self.frame(towards_pbx, 0x80, text[cut:])
        return self.frame(towards_pbx, 0x81, text)

    def frame(self, is_masked, first, payload):
        size, mask_bit = len(payload), 0x80 if is_masked else 0
        head = struct.pack("!BB", first, mask_bit | size) if size < 126 else struct.pack("!BBH", first, mask_bit | 126, size)
        if not is_masked:
            return head + payload
        key = struct.pack("!I", int(self.chance() * 0xFFFFFFFF))
        stretched = (key * (size // 4 + 1))[:size]
        masked = int.from_bytes(payload, "big") ^ int.from_bytes(stretched, "big")
        return head + key + masked.to_bytes(size, "big")
