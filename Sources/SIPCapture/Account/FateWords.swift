import PacketFormats
import SIP

extension CaptureAccount.Fate {
  /// A stable name for reports, in lower case and hyphens.
  public var name: String {
    switch self {
    case .message: "message"
    case .cutMessage: "message-cut"
    case .keepAlive: "keep-alive"
    case .kept: "kept"
    case .notSIP(let payload): "not-sip-\(payload.rawValue)"
    case .segmentWithoutPayload: "segment-without-payload"
    case .duplicate: "duplicate"
    case .retransmission: "tcp-retransmission"
    case .junk: "stream-junk"
    case .handshake: "handshake"
    case .otherStream: "other-stream"
    case .encrypted: "encrypted"
    case .notCarried(let reason): "not-udp-or-tcp-\(reason.rawValue)"
    case .malformed(let layer): "malformed-\(hyphenated(layer.rawValue))"
    case .unreadable(let reason): "unreadable-\(hyphenated(reason.rawValue))"
    }
  }

  /// What it means, for somebody who knows networks and not this program.
  public var phrase: String {
    switch self {
    case .message: "SIP messages"
    case .cutMessage: "SIP messages that are cut off, read as far as they go"
    case .keepAlive: "keep-alives of phones (empty lines)"
    case .kept: "parts that later frames go on with (TCP, fragments)"
    case .notSIP(let payload): payload.phrase
    case .segmentWithoutPayload: "TCP and SCTP without data (handshakes, acknowledgments)"
    case .duplicate: "copies of a packet recorded twice"
    case .retransmission: "TCP and SCTP data sent again"
    case .junk: "TCP data that is no SIP"
    case .handshake: "handshakes of TLS and WebSocket"
    case .otherStream: "TCP connections of other protocols"
    case .encrypted: "encrypted (TLS that cannot be read)"
    case .notCarried(let reason): reason.phrase
    case .malformed(let layer): "broken or cut \(layer.rawValue) header"
    case .unreadable(let reason): "looks like SIP, but \(reason.phrase)"
    }
  }

  /// Whether messages may have been lost in frames with it.
  public var mayHideMessages: Bool {
    switch self {
    case .cutMessage, .encrypted, .malformed, .unreadable: true
    case .message, .keepAlive, .kept, .notSIP, .segmentWithoutPayload, .duplicate, .retransmission, .handshake: false
    // Most streams carry other things than SIP.
    case .junk, .otherStream: false
    case .notCarried(let reason): reason.mayHideIP
    }
  }
}

extension CaptureAccount.Payload {
  fileprivate var phrase: String {
    switch self {
    case .media: "UDP without SIP: media (RTP, RTCP)"
    case .stun: "UDP without SIP: STUN"
    case .dtls: "UDP without SIP: DTLS"
    case .other: "UDP without SIP: other"
    }
  }
}

extension OtherReason {
  fileprivate var phrase: String {
    switch self {
    case .unsupportedLinkType: "frames of a link type that is not read"
    case .arp: "ARP"
    case .logicalLinkControl: "LLC (spanning tree, CDP and the like)"
    case .pppoeDiscovery: "PPPoE discovery"
    case .pppControl: "PPP negotiation"
    case .pppCompressed: "PPP, compressed, encrypted or split over links"
    case .unknownPPPProtocol: "other PPP protocols"
    case .mpls: "MPLS with a payload of an unknown kind"
    case .lldp: "LLDP"
    case .macsec: "encrypted Ethernet (MACsec)"
    case .netlink: "netlink messages of a Linux kernel"
    case .unknownEtherType: "other Ethernet protocols"
    case .unknownRecorderHeader: "headers of the recorder's own, of an unknown form"
    case .wirelessWithoutData: "management of a wireless network"
    case .wirelessEncrypted: "encrypted by the wireless network (WPA, WEP)"
    case .wirelessFragment: "parts of packets that a wireless network split"
    case .frameRelay: "Frame Relay signalling and other protocols over it"
    case .exportedProtocol: "other protocols, exported from Wireshark"
    case .exportedWithoutAddresses: "SIP exported from Wireshark without its addresses"
    case .unknownAddressFamily: "loopback frames of other protocols"
    case .unexpectedIPVersion: "IP of a version that is neither 4 nor 6"
    case .icmp: "ICMP"
    case .igmp: "IGMP"
    case .gre: "GRE tunnel of an unknown form"
    case .unknownTunnelPayload: "tunnel with a payload of an unknown kind"
    case .nestedTooDeeply: "too many tunnels within one another"
    case .ipsec: "IPsec (encrypted)"
    case .droppedFragment: "IP fragments that contradict others"
    case .noNextHeader: "IPv6 without content"
    case .unknownIPProtocol: "other IP protocols"
    }
  }
}

extension SIPParseError.Reason {
  fileprivate var phrase: String {
    switch self {
    case .keepAlive: "is empty"
    case .notSIP: "the first line is none of SIP"
    case .startLineCut: "the first line is cut off"
    case .badStatus: "the status code is none"
    case .badVersion: "the version is not 2.0"
    case .badMethod: "the method is no token"
    }
  }
}

extension CaptureAccount.Diagnostic {
  /// A stable name for reports, in lower case and hyphens; those of bytes end in `-bytes`.
  public var name: String {
    switch self {
    case .unreadableMessage(let reason): "unreadable-message-\(hyphenated(reason))"
    case .streamGap: "stream-gap-bytes"
    case .streamUnfinished: "stream-unfinished-bytes"
    case .streamForgotten: "stream-forgotten"
    case .streamJunk: "stream-junk-bytes"
    case .encrypted(let obstacle): "encrypted-\(hyphenated(obstacle.name))"
    case .compressedWebSocket: "compressed-websocket"
    case .compressedHEP: "compressed-hep"
    case .otherStream: "other-stream"
    case .duplicatesNotCompared: "duplicates-not-compared"
    case .ipFragment: "ip-fragment"
    case .sctpFragment: "sctp-fragment"
    case .malformedChunk: "malformed-sctp-chunk"
    case .notCaptured: "not-captured"
    }
  }

  /// What it means; behind a count.
  public var phrase: String {
    switch self {
    case .unreadableMessage(let reason):
      "unreadable messages among others in TCP"
        + (SIPParseError.Reason(rawValue: reason).map { " (\($0.phrase))" } ?? "")
    case .streamGap: "bytes of TCP connections that the capture lacks, or that such a gap made useless"
    case .streamUnfinished: "bytes at the ends of TCP connections that make no whole message"
    case .streamForgotten: "TCP connections forgotten because too many were open"
    case .streamJunk: "bytes of TCP connections that are no SIP"
    case .encrypted(let obstacle): "directions of encrypted connections that are not read (\(obstacle.name))"
    case .compressedWebSocket: "compressed WebSocket messages, not unpacked"
    case .compressedHEP: "compressed HEP packets, not unpacked"
    case .otherStream: "directions of TCP connections of other protocols"
    case .duplicatesNotCompared: "packets too many at once to recognise a copy of them"
    case .ipFragment: "IP fragments whose datagram never became whole"
    case .sctpFragment: "pieces of SCTP messages that never became whole"
    case .malformedChunk: "broken chunks in SCTP packets, behind whole ones"
    case .notCaptured: "packets dropped by the kernel or the interface, because they came faster than they were read"
    }
  }

  /// Whether messages may have been lost by it. What the fate of frames says already is not said again.
  public var mayHideMessages: Bool {
    switch self {
    case .unreadableMessage, .streamGap, .streamForgotten, .compressedWebSocket, .compressedHEP, .ipFragment,
      .sctpFragment, .malformedChunk, .notCaptured:
      true
    // The frames have a fate of their own, which does not tell what would help.
    case .encrypted: true
    // Few streams end at a line's end.
    case .streamJunk, .streamUnfinished, .otherStream, .duplicatesNotCompared: false
    }
  }
}

/// `badStatus` and `VLAN tag` as `bad-status` and `vlan-tag`.
private func hyphenated(_ name: String) -> String {
  var result = ""
  var isBehindLowercase = false
  for character in name {
    if character == " " {
      result += "-"
    } else {
      if isBehindLowercase, character.isUppercase { result += "-" }
      result += character.lowercased()
    }
    isBehindLowercase = character.isLowercase
  }
  return result
}
