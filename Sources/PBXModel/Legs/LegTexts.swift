import SIP

/// The texts of a leg's first INVITE, behind one another in one piece of memory.
///
/// Most runs read few of them, so a `String` is made only where one is asked for.
struct LegTexts {
  enum Field: Int {
    case callID, fromUser, fromDisplayName, assertedUser, toUser, requestUser
  }

  private var bytes: [UInt8]
  /// Where each field ends; it begins where the one before ends.
  private var ends = InlineArray<6, UInt32>(repeating: 0)
  /// An INVITE may name an asserted identity that is empty, or none.
  private(set) var hasAssertedUser = false

  /// Reads the texts of a dialog's first request, whose From has been read already.
  init(_ message: SIPMessage, from: NameAddress?) {
    let (to, asserted) = (message.to, message.assertedUser)
    let callID = message.callID ?? .empty
    let fromUser = Self.user(of: from)
    let toUser = Self.user(of: to)
    // A response stands for its request only where To is all there is of what was dialled.
    let requestUser = message.requestURI.map { SIPURI($0)?.user ?? .empty } ?? toUser
    let name = from?.rawDisplayName ?? .empty
    bytes = []
    bytes.reserveCapacity(
      callID.count + fromUser.count + name.count + (asserted?.count ?? 0) + toUser.count + requestUser.count)
    bytes.append(contentsOf: callID.bytes)
    end(.callID)
    appendNumber(fromUser)
    end(.fromUser)
    if !name.isEmpty, let from { appendDisplayName(from) }
    end(.fromDisplayName)
    if let asserted {
      hasAssertedUser = true
      appendNumber(asserted)
    }
    end(.assertedUser)
    appendNumber(toUser)
    end(.toUser)
    appendNumber(requestUser)
    end(.requestUser)
  }

  private static func user(of address: NameAddress?) -> SIPText {
    guard let address, let uri = SIPURI(address.uri) else { return .empty }
    return uri.user
  }

  private mutating func end(_ field: Field) { ends[field.rawValue] = UInt32(truncatingIfNeeded: bytes.count) }

  private mutating func appendNumber(_ user: SIPText) {
    if PhoneNumber.isPlain(user) {
      bytes.append(contentsOf: user.bytes)
    } else {
      bytes.append(contentsOf: PhoneNumber.text(of: user).utf8)
    }
  }

  private mutating func appendDisplayName(_ address: NameAddress) {
    if let plain = address.plainDisplayName {
      bytes.append(contentsOf: plain.bytes)
    } else {
      bytes.append(contentsOf: address.displayName.utf8)
    }
  }

  private func range(_ field: Field) -> Range<Int> {
    let start = field == .callID ? 0 : Int(ends[field.rawValue - 1])
    return start..<max(start, Int(ends[field.rawValue]))
  }

  func string(_ field: Field) -> String {
    withText(field) { $0.string }
  }

  func isEmpty(_ field: Field) -> Bool { range(field).isEmpty }
  /// In bytes.
  func length(_ field: Field) -> Int { range(field).count }

  /// Calls `body` with the field's bytes, which are valid only during the call.
  @inline(__always)
  func withText<Result>(_ field: Field, _ body: (SIPText) -> Result) -> Result {
    let range = range(field)
    return bytes.withUnsafeBytes {
      body(SIPText(UnsafeRawBufferPointer(rebasing: $0[range.clamped(to: 0..<$0.count)])))
    }
  }

  /// Whether both fields hold the same bytes.
  func equals(_ field: Field, _ other: LegTexts, _ otherField: Field) -> Bool {
    withText(field) { one in other.withText(otherField) { one == $0 } }
  }
}
