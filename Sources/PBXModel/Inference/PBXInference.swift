public import Primitives
import SIP
public import SIPCapture

/// Finds the PBX's address in a trace that comes without a site file.
///
/// A PBX answers REGISTERs, and takes INVITEs as well as sending them. Each sign counts once a message; the address
/// with the most wins, if it has any sign a phone does not show.
public struct PBXInference {
  /// What was seen of one address.
  public struct Signs: Hashable, Sendable {
    /// 2xx responses to REGISTER it sent.
    public var registrationsAccepted = 0
    /// 401 and 407 responses to REGISTER and INVITE it sent.
    public var challengesSent = 0
    /// INVITEs outside a dialog that came to it, retransmissions included.
    public var invitesReceived = 0
    /// INVITEs outside a dialog it sent, retransmissions included.
    public var invitesSent = 0
    /// Its Server or User-Agent header names a PBX (Asterisk, Grandstream UCM, FreeSWITCH …).
    public var namesItselfPBX = false

    /// 0 for an address that shows nothing only a PBX shows.
    public var weight: Int {
      let bridged = min(invitesReceived, invitesSent)
      let signs = registrationsAccepted + challengesSent + 2 * bridged
      return signs == 0 && !namesItselfPBX ? 0 : signs + (namesItselfPBX ? 3 : 0)
    }
  }

  /// Addresses observed; further ones are not, so a trace of more should name its PBX.
  static let addressesMax = 4096
  private var signs: [IPAddress: Signs] = [:]

  /// Begins without a sign of anything.
  public init() {}

  /// Takes one message's signs in; the order of messages hardly matters, a name counts only beside another sign.
  public mutating func receive(_ captured: CapturedMessage) {
    let message = captured.message
    guard let cseq = message.cseq else { return }
    switch message.startLine {
    case .request(let method, _, _):
      guard method == .invite, message.to?.tag == nil else { return }
      note(captured.source.address) { $0.invitesSent += 1 }
      note(captured.destination.address) { $0.invitesReceived += 1 }
      noteName(message.firstLine(of: .userAgent), of: captured.source.address)
    case .response(let status, _):
      guard cseq.method == .register || cseq.method == .invite else { return }
      if status == 401 || status == 407 { note(captured.source.address) { $0.challengesSent += 1 } }
      if cseq.method == .register, (200...299).contains(status) {
        note(captured.source.address) { $0.registrationsAccepted += 1 }
      }
      noteName(message.firstLine(of: .server), of: captured.source.address)
    }
  }

  /// The address that looks most like a PBX and what speaks for it; ties go to the numerically lower address.
  public var best: (address: IPAddress, signs: Signs)? {
    signs.filter { $0.value.weight > 0 }
      .max { left, right in
        guard left.value.weight == right.value.weight else { return left.value.weight < right.value.weight }
        return Self.order(right.key) < Self.order(left.key)
      }
      .map { ($0.key, $0.value) }
  }

  /// IPv4 before IPv6, then by number.
  private static func order(_ address: IPAddress) -> (UInt8, UInt64, UInt64) {
    (address.family.rawValue, address.high, address.low)
  }

  private mutating func note(_ address: IPAddress, _ change: (inout Signs) -> Void) {
    guard signs[address] != nil || signs.count < Self.addressesMax else { return }
    change(&signs[address, default: Signs()])
  }

  private mutating func noteName(_ header: SIPText?, of address: IPAddress) {
    guard let header, signs[address]?.namesItselfPBX == false else { return }
    let name = header.string.lowercased()
    let products = ["asterisk", "grandstream ucm", "freeswitch", "freepbx", "3cx", "pbx", "cisco-sipgateway"]
    if products.contains(where: name.contains) { note(address) { $0.namesItselfPBX = true } }
  }
}
