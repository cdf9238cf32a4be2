import PBXModel
import Primitives

/// Turns of phrase that several stages use.
extension Explanation {
  func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  func percent(_ part: Double) -> String { "\(Int((part * 100).rounded())) %" }

  /// `after 1.504 s`, counted from the call's start.
  func after(_ instant: Instant) -> String { "after " + seconds(instant - call.start) }

  func seconds(_ span: Instant.Span) -> String {
    let milliseconds = max(0, span.nanoseconds / 1_000_000)
    let digits = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits + " s"
  }

  func detail(_ text: String, _ frame: Int?) -> Fact {
    Fact(text + (frame.map { " (frame \($0))" } ?? ""), frame: frame, isDetail: true)
  }

  func words(_ party: Party) -> String {
    switch party {
    case .account(let number): "extension \(LadderMessage.cut(number))"
    case .trunk(let name, _): "trunk \(LadderMessage.cut(name))"
    }
  }

  /// Who is at the far end of one of the call's legs.
  func name(of leg: Leg) -> String {
    guard let member = call.legs.first(where: { $0.leg === leg }) else {
      return LadderMessage.cut(leg.role.isOutgoing ? leg.requestUser : leg.fromUser)
    }
    return words(member.party)
  }

  /// Why the far end is taken for who it is.
  func ground(of member: Call.Member) -> String {
    let far = member.leg.farEnd
    switch member.party {
    case .account(let number):
      return setting.site.account(number) != nil
        ? "the site file names it" : "it registered, was challenged, or its number is that short"
    case .trunk(let name, _):
      guard let trunk = setting.site.trunks.first(where: { $0.name == name }) else {
        return "no extension, so outside"
      }
      let isKnown = trunk.addresses.contains { $0.address == far.address && ($0.port == 0 || $0.port == far.port) }
      return isKnown ? "the site file has \(far) for it" : "by its name in the site file"
    }
  }
}
