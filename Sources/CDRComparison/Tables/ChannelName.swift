/// The parts of a channel's name as Asterisk forms it (upstream): `PJSIP/1007-00000002`,
/// `Local/6400@default-0000001a;2`.
struct ChannelName: Hashable, Sendable {
  /// What the channel belongs to: an extension, a trunk; for a Local channel its number and context.
  var party: String
  /// The Local channel without its half, unique to the pair; nil for any other channel.
  var localPair: String?
  /// 1 for the half towards who dialled it, 2 for the half that runs the dialplan; 0 for what is no Local channel.
  var half = 0

  init(_ text: String) {
    var rest = text[...]
    let technology = rest.firstIndex(of: "/").map { rest[..<$0] }
    if let slash = rest.firstIndex(of: "/") { rest = rest[rest.index(after: slash)...] }
    if technology == "Local" {
      let halves = rest.split(separator: ";", maxSplits: 1)
      localPair = String(halves.first ?? rest)
      half = halves.count > 1 ? Int(halves[1]) ?? 0 : 0
      rest = halves.first ?? rest
    }
    if let dash = rest.lastIndex(of: "-"), Self.isSerial(rest[rest.index(after: dash)...]) { rest = rest[..<dash] }
    party = String(rest)
  }

  private static func isSerial(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0 | 32) }
  }
}
