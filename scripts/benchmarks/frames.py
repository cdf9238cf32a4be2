"""Messages to Ethernet frames to a capture file (classic pcap, microseconds, Ethernet)."""
import ipaddress
import struct

RECORD = struct.Struct("<IIII")
IPV4 = struct.Struct("!BBHHHBBH4s4s")
IPV6 = struct.Struct("!IHBB16s16s")
UDP, TCP = 17, 6
ETHERTYPES = {4: b"\x08\x00", 6: b"\x86\xdd"}
LARGEST_PACKET = 1500


class Capture:
    """Writes frames in the order they are given; the clock never goes back."""

    def __init__(self, path):
        self.file = open(path, "wb", buffering=1 << 20)
        self.file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1))
        self.frames = self.messages = self.first = self.last = 0

    def write(self, time, frame):
        if time <= self.last:
            time = self.last
        self.last = time
        self.first = self.first or time
        self.frames += 1
        size = len(frame)
        self.file.write(RECORD.pack(time // 1_000_000, time % 1_000_000, size, size) + frame)

    def close(self):
        self.file.close()


def checksum(data):
    """The Internet checksum (RFC 1071) by the remainder of the whole as one number."""
    if len(data) & 1:
        data += b"\0"
    return 0xFFFF - int.from_bytes(data, "big") % 0xFFFF


class Wire:
    """One direction between two addresses: Ethernet, tags, IP. Payloads become frames."""

    def __init__(self, source, destination, tags=b""):
        self.source = ipaddress.ip_address(source).packed
        self.destination = ipaddress.ip_address(destination).packed
        self.version = 4 if len(self.source) == 4 else 6
        macs = b"".join(b"\x02\x00" + end[-4:] for end in (self.destination, self.source))
        self.ethernet = macs + tags + ETHERTYPES[self.version]
        self.addresses = self.source + self.destination
        self.identification = 0

    def packet(self, protocol, payload, fragment=0):
        """One frame. `fragment` is the IPv4 flags and offset field."""
        size = len(payload)
        if self.version == 6:
            return self.ethernet + IPV6.pack(0x6000_0000, size, protocol, 64, *self.ends()) + payload
        plain = IPV4.pack(0x45, 0, 20 + size, self.identification, fragment, 64, protocol, 0, *self.ends())
        return self.ethernet + plain[:10] + struct.pack("!H", checksum(plain)) + plain[12:] + payload

    def ends(self):
        return self.source, self.destination

    def packets(self, protocol, payload):
        """One frame, or fragments if the packet is larger than Ethernet carries (RFC 791, RFC 8200 section 4.5)."""
        self.identification = (self.identification + 1) & 0xFFFF
        overhead = 20 if self.version == 4 else 40
        if len(payload) + overhead <= LARGEST_PACKET:
            return [self.packet(protocol, payload)]
        step = (LARGEST_PACKET - 48) // 8 * 8
        frames = []
        for offset in range(0, len(payload), step):
            part, more = payload[offset:offset + step], offset + step < len(payload)
            if self.version == 4:
                frames.append(self.packet(protocol, part, fragment=(0x2000 if more else 0) | offset // 8))
            else:
                header = struct.pack("!BBHI", protocol, 0, offset | int(more), self.identification)
                frames.append(self.packet(44, header + part))
        return frames

    def sealed(self, protocol, header, at, payload):
        """Header and payload with the checksum of the pseudo-header put at offset `at`."""
        size = len(header) + len(payload)
        value = checksum(self.addresses + struct.pack("!HH", protocol, size) + header + payload)
        return header[:at] + struct.pack("!H", value or (0xFFFF if protocol == UDP else 0)) + header[at + 2:] + payload

    def datagram(self, source_port, destination_port, payload):
        header = struct.pack("!HHHH", source_port, destination_port, 8 + len(payload), 0)
        return self.packets(UDP, self.sealed(UDP, header, 6, payload))

    def segment(self, source_port, destination_port, sequence, acknowledged, flags, payload=b""):
        header = struct.pack("!HHIIBBHHH", source_port, destination_port, sequence & 0xFFFFFFFF,
                             acknowledged & 0xFFFFFFFF, 0x50, flags, 65_535, 0, 0)
        return self.packets(TCP, self.sealed(TCP, header, 16, payload))[0]


class Datagrams:
    """A party that speaks UDP: a message is a datagram, cut into fragments when it is too large."""

    def __init__(self, party, tags=b"", reverse=None):
        there = Wire(party.host, party.pbx_host, tags)
        back = Wire(party.pbx_host, party.host, tags)
        self.wires, self.ports, self.reverse = (back, there), (party.port, party.pbx_port), reverse

    def send(self, capture, time, towards_pbx, text):
        here, there = self.ports if towards_pbx else self.ports[::-1]
        frames = self.wires[towards_pbx].datagram(here, there, text)
        if len(frames) > 1 and self.reverse and self.reverse() < 0.2:
            frames.reverse()
        for position, frame in enumerate(frames):
            capture.write(time + position * 4, frame)
