import SIP

/// The texts of a leg's first INVITE, behind one another in one piece of memory.
///
/// Most runs read few of them, so a `String` is made only where one is asked for.
struct LegTexts {
  enum Field: Int {
    case callID, fromUser, fromDisplayName, assertedUser, toUser, requestUser
  }

  private let bytes: [UInt8]
  /// Where each field ends; it begins where the one before ends.
  private var ends = InlineArray<6, UInt32>(repeating: 0)
  /// An INVITE may name an asserted identity that is empty, or none.
  let hasAssertedUser: Bool

  /// Reads the texts of a dialog's first request, whose Call-ID, From and To have been read already.
  init(_ message: SIPMessage, callID: SIPText, from: DialogAddress?, to: DialogAddress?) {
    let asserted = message.assertedUser
    let fromUser = from?.user ?? .empty
    let toUser = to?.user ?? .empty
    // A response stands for its request only where To is all there is of what was dialled.
    let requestUser = message.requestUser ?? toUser
    hasAssertedUser = asserted != nil
    let plainName = from.map(\.plainDisplayName) ?? .empty
    if let plainName, PhoneNumber.isPlain(fromUser), PhoneNumber.isPlain(toUser), PhoneNumber.isPlain(requestUser),
      asserted.map(PhoneNumber.isPlain) ?? true
    {
      (bytes, ends) = Self.joined([callID, fromUser, plainName, asserted ?? .empty, toUser, requestUser])
      return
    }
    var texts = [fromUser, .empty, asserted ?? .empty, toUser, requestUser].map { Array(PhoneNumber.text(of: $0).utf8) }
    if let from { texts[1] = plainName.map { Array($0.bytes) } ?? Array(from.displayName.utf8) }
    var bytes = Array(callID.bytes)
    ends[0] = UInt32(truncatingIfNeeded: bytes.count)
    for (place, text) in texts.enumerated() {
      bytes += text
      ends[place + 1] = UInt32(truncatingIfNeeded: bytes.count)
    }
    self.bytes = bytes
  }

  /// The fields as they stand in the message, behind one another.
  @inline(__always)
  private static func joined(_ texts: InlineArray<6, SIPText>) -> (bytes: [UInt8], ends: InlineArray<6, UInt32>) {
    var ends = InlineArray<6, UInt32>(repeating: 0)
    var count = 0
    for place in texts.indices {
      count &+= texts[place].count
      ends[place] = UInt32(truncatingIfNeeded: count)
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
      var rest = UnsafeMutableRawBufferPointer(room)
      for place in texts.indices {
        let text = texts[place].bytes
        rest.copyMemory(from: text)
        rest = UnsafeMutableRawBufferPointer(rebasing: rest[text.count...])
      }
      filled = count
    }
    return (bytes, ends)
  }

  @inline(__always)
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
