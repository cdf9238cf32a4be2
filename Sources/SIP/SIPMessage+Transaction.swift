extension SIPMessage {
  /// What every message says of the transaction and the dialog it belongs to, read in one go.
  public struct Transaction {
    /// The Call-ID; never empty.
    public let callID: SIPText
    /// Sequence number of CSeq.
    public let cseq: UInt32
    /// Method of CSeq: of the request itself, or of the one a response answers.
    public let method: SIPMethod
  }

  /// nil where Call-ID or CSeq is missing, or CSeq cannot be read (RFC 3261 section 8.1.1).
  public var transaction: Transaction? {
    guard let value = hotValue(.cseq), let callID = hotValue(.callID), !callID.isEmpty,
      let (number, methodStart) = Self.sequenceNumber(value.bytes)
    else { return nil }
    let name = SIPText(UnsafeRawBufferPointer(rebasing: value.bytes[methodStart...]))
    // A response nearly always answers an INVITE, a BYE or a REGISTER; whatever else it is, it has to be a token.
    let method = SIPMethod(name)
    guard method != .other || name.isToken else { return nil }
    return Transaction(callID: callID, cseq: number, method: method)
  }
}

extension SIPText {
  /// The branch of a Via value as nearly all are: one hop, no quotes, its first parameter `branch=`; nil sends a value
  /// the long way.
  var plainBranch: SIPText? {
    let name: StaticString = "branch="
    guard index(of: UInt8(ascii: ",")) == nil, index(of: UInt8(ascii: "\"")) == nil,
      let semicolon = index(of: UInt8(ascii: ";")),
      slice(semicolon &+ 1, semicolon &+ 1 &+ name.utf8CodeUnitCount) == name
    else { return nil }
    let start = semicolon &+ 1 &+ name.utf8CodeUnitCount
    let value = slice(start, index(of: UInt8(ascii: ";"), from: start) ?? count)
    guard let first = value[0], !Self.isSpace(first), !Self.isSpace(value.bytes[value.count &- 1]) else { return nil }
    return value
  }
}
