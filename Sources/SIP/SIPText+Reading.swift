extension SIPText {
  /// Where this text begins within `whole`, which it must be a part of; nil when it is none.
  public func offset(in whole: SIPText) -> Int? {
    guard let own = bytes.baseAddress, let base = whole.bytes.baseAddress else { return nil }
    let distance = own - base
    return distance >= 0 && distance + count <= whole.count ? distance : nil
  }

  /// What it says with `%HH` undone, as bytes; an escape that is none stays as written (RFC 3986 section 2.1).
  public var percentDecoded: [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(count)
    var index = 0
    while let byte = self[index] {
      if byte == UInt8(ascii: "%"), let value = escapedByte(at: index) {
        decoded.append(value)
        index += 3
      } else {
        decoded.append(byte)
        index += 1
      }
    }
    return decoded
  }

  /// The byte that `%HH` at `index` stands for; nil when there are no two hexadecimal digits.
  func escapedByte(at index: Int) -> UInt8? {
    guard let high = self[index + 1].flatMap(Self.hexadecimal), let low = self[index + 2].flatMap(Self.hexadecimal)
    else { return nil }
    return high << 4 | low
  }

  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte &- 48
    case 65...70: byte &- 55
    case 97...102: byte &- 87
    default: nil
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 32) &- 97 < 26 }

  /// Like `decimal`, for the 64-bit numbers of SDP's origin line.
  public var decimal64: UInt64? {
    guard !isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in bytes {
      guard Self.isDigit(byte) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(byte &- 48))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// Whether there are digits and nothing else, however many.
  var isDigits: Bool { !isEmpty && bytes.allSatisfy(Self.isDigit) }

  /// A quoted string's content with its escapes undone, any other text as it is (RFC 3261 section 25.1).
  public var unquoted: String {
    guard count >= 2, self[0] == UInt8(ascii: "\""), let close = endOfQuoted(from: 0) else { return unfolded }
    var content: [UInt8] = []
    var index = 1
    while index < close, let byte = self[index] {
      if byte == UInt8(ascii: "\\"), let escaped = self[index + 1] {
        content.append(escaped)
        index += 2
      } else {
        content.append(byte)
        index += 1
      }
    }
    return content.withUnsafeBytes { SIPText($0).unfolded }
  }

  /// Index of the parenthesis that closes the comment opened at `from`, others and escapes within it minded; nil when
  /// none does (RFC 3261 section 25.1 `comment`).
  func endOfComment(from: Int) -> Int? {
    var depth = 0
    var index = from
    while let byte = self[index] {
      switch byte {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The part before the first `byte`, and what follows it; all of the text and nil where it does not occur.
  func split(at byte: UInt8) -> (first: SIPText, rest: SIPText?) {
    guard let index = index(of: byte) else { return (self, nil) }
    return (slice(0, index), slice(index + 1, count))
  }

  /// The value before its parameters.
  var beforeParameters: SIPText { split(at: UInt8(ascii: ";")).first.trimmed }
}
