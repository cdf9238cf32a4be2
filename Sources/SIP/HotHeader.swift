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

  /// What the first bytes of a line tell of its name.
  enum Name {
    /// That it is this one, so many bytes long, with the colon right behind it.
    case known(HotHeader, length: Int)
    /// Perhaps a hot one, but not written as it mostly is: compact, or with blanks in front of the colon.
    case unsure
    /// None that is hot.
    case other
  }

  /// Bytes that `name` reads: the longest name it knows and a colon.
  static let wordsByteCount = 15

  /// Tells the names that nearly all messages have, spelled out and with the colon right behind them.
  ///
  /// Names are compared as numbers of up to eight bytes, the first lowest, with bit 5 of the letters set, which makes
  /// them small; `-` and `:` are compared as they are. Nothing matched can reach beyond the line: a line end is in
  /// none of the names.
  /// - Precondition: `wordsByteCount` bytes can be read from `line` on.
  @inline(always)
  static func name(at line: UnsafeRawPointer) -> Name {
    let word = UInt64(littleEndian: line.loadUnaligned(as: UInt64.self))
    let small = word | 0x2020_2020_2020_2020
    switch UInt32(truncatingIfNeeded: small) {
    case 0x6d6f_7266: return name(.from, 4, behind: word &>> 32)
    case 0x7165_7363: return name(.cseq, 4, behind: word &>> 32)
    // With what comes behind `via`, which may be a colon or a blank.
    case 0x3a61_6976, 0x2061_6976, 0x2961_6976: return name(.via, 3, behind: word &>> 24)
    case 0x6c6c_6163:
      return word | 0x0020_2000_2020_2020 == 0x3a64_692d_6c6c_6163 ? .known(.callID, length: 7) : .unsure
    case 0x746e_6f63:
      let name = word | 0x0020_2020_2020_2020
      if name == 0x3a74_6361_746e_6f63 { return .known(.contact, length: 7) }
      guard name == 0x2d74_6e65_746e_6f63 else { return .unsure }
      let rest = UInt64(littleEndian: line.loadUnaligned(fromByteOffset: 7, as: UInt64.self))
      if rest | 0x0020_2020_2020_2000 == 0x3a68_7467_6e65_6c2d { return .known(.contentLength, length: 14) }
      // Nearly always the `t` of Content-Type.
      return rest & 0xdf00 == 0x4c00 ? .unsure : .other
    // The beginnings of P-Asserted-Identity and Remote-Party-ID.
    case 0x7361_2d70, 0x6f6d_6572: return .unsure
    default:
      if small & 0xffff == 0x6f74 { return name(.to, 2, behind: word &>> 16) }
      if isLetter(UInt8(truncatingIfNeeded: word &>> 8)) { return .other }
      return mayBegin(with: UInt8(truncatingIfNeeded: word)) ? .unsure : .other
    }
  }

  /// `header`, if the lowest byte of `rest` is a colon; blanks may stand in front of one.
  @inline(always)
  private static func name(_ header: HotHeader, _ length: Int, behind rest: UInt64) -> Name {
    rest & 0xff == 0x3a ? .known(header, length: length) : .unsure
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
