import SIP

/// The texts of a leg's first INVITE, behind one another in one piece of memory.
///
/// Most runs read few of them, so a `String` is made only where one is asked for. Not copied: every look at a text
/// would count a reference.
struct LegTexts: ~Copyable {
  enum Field: Int {
    case callID, fromUser, fromDisplayName, assertedUser, toUser, requestUser
  }

  private let memory: UnsafeMutableRawPointer
  /// Where each field ends; it begins where the one before ends.
  private let ends: InlineArray<6, UInt32>
  /// An INVITE may name an asserted identity that is empty, or none.
  let hasAssertedUser: Bool

  /// Reads the texts of a dialog's first request, whose Call-ID, From and To have been read already.
  init(_ message: SIPMessage, callID: SIPText, from: DialogAddress?, to: DialogAddress?) {
    let asserted = message.assertedUser
    let fromUser = from?.user ?? .empty
    let toUser = to?.user ?? .empty
    // A response stands for its request only where To is all there is of what was dialled.
    let requestUser = message.requestUser ?? toUser
    let plainName = from.map(\.plainDisplayName) ?? .empty
    if let plainName, PhoneNumber.isPlain(fromUser), PhoneNumber.isPlain(toUser), PhoneNumber.isPlain(requestUser),
      asserted.map(PhoneNumber.isPlain) ?? true
    {
      self.init(
        copying: [callID, fromUser, plainName, asserted ?? .empty, toUser, requestUser],
        hasAssertedUser: asserted != nil)
      return
    }
    var texts = [fromUser, .empty, asserted ?? .empty, toUser, requestUser].map { Array(PhoneNumber.text(of: $0).utf8) }
    if let from { texts[1] = plainName.map { Array($0.bytes) } ?? Array(from.displayName.utf8) }
    var bytes = Array(callID.bytes)
    var ends = InlineArray<6, UInt32>(repeating: UInt32(truncatingIfNeeded: bytes.count))
    for (place, text) in texts.enumerated() {
      bytes += text
      ends[place + 1] = UInt32(truncatingIfNeeded: bytes.count)
    }
    self.init(joined: bytes, ends: ends, hasAssertedUser: asserted != nil)
  }

  private init(joined bytes: [UInt8], ends: InlineArray<6, UInt32>, hasAssertedUser: Bool) {
    memory = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
    memory.copyMemory(from: bytes, byteCount: bytes.count)
    self.ends = ends
    self.hasAssertedUser = hasAssertedUser
  }

  /// Takes the fields as they stand.
  @inline(__always)
  private init(copying texts: InlineArray<6, SIPText>, hasAssertedUser: Bool) {
    var ends = InlineArray<6, UInt32>(repeating: 0)
    var count = 0
    for place in texts.indices {
      count &+= texts[place].count
      ends[place] = UInt32(truncatingIfNeeded: count)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1), alignment: 1)
    var rest = memory
    for place in texts.indices {
      let text = texts[place].bytes
      if let start = text.baseAddress { rest.copyMemory(from: start, byteCount: text.count) }
      rest += text.count
    }
    self.memory = memory
    self.ends = ends
    self.hasAssertedUser = hasAssertedUser
  }

  deinit { memory.deallocate() }

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
    return body(SIPText(UnsafeRawBufferPointer(start: memory + range.lowerBound, count: range.count)))
  }

  /// Whether both fields hold the same bytes.
  func equals(_ field: Field, _ other: borrowing LegTexts, _ otherField: Field) -> Bool {
    withText(field) { one in other.withText(otherField) { one == $0 } }
  }
}
