/// Headers every dialog needs; `SIPMessage.parse` notes where the first of each stands.
enum HotHeader: Int, CaseIterable {
  case via, from, to, callID, cseq, contact, contentLength
  /// P-Asserted-Identity or Remote-Party-ID, whichever comes first: most messages have neither.
  case identity
}

extension HotHeader {
  /// Whether a hot name begins so: one of the letters c, f, i, l, m, p, r, t and v.
  @inline(__always)
  static func mayBegin(with byte: UInt8) -> Bool {
    let letter = (byte | 0x20) &- UInt8(ascii: "a")
    return letter < 26 && 0x2a_9924 >> UInt32(letter) & 1 == 1
  }

  /// The longest name that is compared as words, and its colon: bytes that have to be there for it.
  static let wordsByteCount = 15

  /// Whether a line with these first bytes, the first lowest, may have a hot name in its compact form.
  @inline(__always)
  static func mayBeCompact(_ word: UInt64) -> Bool {
    !isLetter(UInt8(truncatingIfNeeded: word &>> 8)) && mayBegin(with: UInt8(truncatingIfNeeded: word))
  }

  /// The hot name the line begins with, and where it ends; what follows must still prove to be a colon.
  ///
  /// Both forms of a name, in any case (RFC 3261 section 7.3.3). Names are compared as words of their bytes with
  /// bit 5 set, which makes letters small and leaves `-` and `:` as they are.
  @inline(__always)
  static func at(_ start: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer) -> (header: HotHeader, nameEnd: Int)? {
    guard end - start >= 2 else { return nil }
    let isCompact = !isLetter(bytes[start + 1])
    switch bytes[start] | 0x20 {
    case UInt8(ascii: "v"):
      return isCompact ? (.via, start + 1) : word(bytes, start, end, 3) == 0x76_6961 ? (.via, start + 3) : nil
    case UInt8(ascii: "f"):
      return isCompact ? (.from, start + 1) : word(bytes, start, end, 4) == 0x6672_6f6d ? (.from, start + 4) : nil
    case UInt8(ascii: "t"):
      return isCompact ? (.to, start + 1) : word(bytes, start, end, 2) == 0x746f ? (.to, start + 2) : nil
    case UInt8(ascii: "i"): return isCompact ? (.callID, start + 1) : nil
    case UInt8(ascii: "m"): return isCompact ? (.contact, start + 1) : nil
    case UInt8(ascii: "l"): return isCompact ? (.contentLength, start + 1) : nil
    case UInt8(ascii: "c"): return beginningWithC(start, end, bytes)
    case UInt8(ascii: "p"):
      let isIdentity = isName("P-Asserted-Identity", start, end, bytes)
      return isIdentity ? (.identity, start + 19) : nil
    case UInt8(ascii: "r"):
      let isIdentity = isName("Remote-Party-ID", start, end, bytes)
      return isIdentity ? (.identity, start + 15) : nil
    default: return nil
    }
  }

  @inline(__always)
  private static func beginningWithC(
    _ start: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer
  ) -> (header: HotHeader, nameEnd: Int)? {
    switch word(bytes, start, end, 4) {
    case 0x6373_6571: return (.cseq, start + 4)
    case 0x6361_6c6c:
      guard word(bytes, start + 4, end, 3) == 0x2d_6964, bytes[start + 4] == UInt8(ascii: "-") else { return nil }
      return (.callID, start + 7)
    case 0x636f_6e74:
      if word(bytes, start + 4, end, 3) == 0x61_6374 { return (.contact, start + 7) }
      guard word(bytes, start + 4, end, 4) == 0x656e_742d, bytes[start + 7] == UInt8(ascii: "-"),
        word(bytes, start + 8, end, 4) == 0x6c65_6e67, word(bytes, start + 12, end, 2) == 0x7468
      else { return nil }
      return (.contentLength, start + 14)
    default: return nil
    }
  }

  /// Only for names few messages have.
  private static func isName(
    _ name: StaticString, _ start: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard end - start >= name.utf8CodeUnitCount, word(bytes, start + 2, end, 1) == UInt32(name.utf8Start[2] | 0x20)
    else { return false }
    return SIPText(UnsafeRawBufferPointer(rebasing: bytes[start..<start + name.utf8CodeUnitCount]))
      .equalsIgnoringCase(name)
  }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  /// Up to four bytes as one number, the first on top, bit 5 of each set; 0 where the line has fewer.
  @inline(__always)
  private static func word(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ length: Int) -> UInt32 {
    guard end - start >= length else { return 0 }
    guard start + 4 <= bytes.count else {
      var word: UInt32 = 0
      for index in 0..<length { word = word << 8 | UInt32(bytes[start + index] | 0x20) }
      return word
    }
    let four = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)) | 0x2020_2020
    return four >> UInt32(32 - 8 * length)
  }
}
