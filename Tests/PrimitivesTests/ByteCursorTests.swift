import Primitives
import Testing

private func written(atMost count: Int, _ write: (inout ByteCursor) -> Void) -> String {
  var bytes = Array("<".utf8)
  bytes.append(atMost: count, write)
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct ByteCursorTests {
  @Test func whatIsPutStandsBehindWhatWasThere() {
    let text = written(atMost: 64) { cursor in
      cursor.put(UInt8(ascii: "a"))
      cursor.put("ü" as StaticString)
      cursor.put(String("山田"))
      cursor.put(decimal: -120)
    }
    #expect(text == "<aü山田-120")
  }

  @Test(
    arguments: [
      0, 1, 9, 10, 99, 100, 999_999_999, 1_000_000_000, 9_999_999_999_999_999, 999_999_999_999_999_999,
      1_000_000_000_000_000_000, .max, -1, -10, .min,
    ] as [Int64])
  func anIntegerIsWrittenAsSwiftWritesIt(number: Int64) {
    #expect(written(atMost: ByteCursor.decimalBytesMax) { $0.put(decimal: number) } == "<\(number)")
  }

  @Test(arguments: [0, 9_999_999_999_999_999_999, 10_000_000_000_000_000_000, .max] as [UInt64])
  func aLargeUnsignedIntegerIsWrittenWhole(number: UInt64) {
    #expect(written(atMost: 20) { $0.put(decimal: number, digitsMin: 1) } == "<\(number)")
  }

  @Test(
    arguments: [
      (7, 0, "7"), (7, 1, "7"), (7, 6, "000007"), (1_234_567, 6, "1234567"), (0, 20, "00000000000000000000"),
      (5, 99, "00000000000000000005"), (5, -1, "5"),
    ] as [(UInt64, Int, String)])
  func zerosStandInFrontUpToTheDigitsAskedFor(number: UInt64, digitsMin: Int, text: String) {
    #expect(written(atMost: 64) { $0.put(decimal: number, digitsMin: digitsMin) } == "<" + text)
  }

  @Test(
    arguments: [
      (0, 1, "0"), (15, 1, "f"), (16, 1, "10"), (0x4e1, 8, "000004e1"), (.max, 8, "ffffffffffffffff"),
      (1, 99, "0000000000000001"), (1, -3, "1"),
    ] as [(UInt64, Int, String)])
  func hexadecimalIsLowerCase(number: UInt64, digitsMin: Int, text: String) {
    #expect(written(atMost: 64) { $0.put(hexadecimal: number, digitsMin: digitsMin) } == "<" + text)
  }

  @Test(arguments: [(0, "00"), (9, "09"), (59, "59"), (123, "23")] as [(UInt64, String)])
  func twoDigitsAreTheLastTwo(number: UInt64, text: String) {
    #expect(written(atMost: 2) { $0.put(twoDigits: number) } == "<" + text)
  }

  @Test func whatDoesNotFitIsDropped() {
    #expect(written(atMost: 3) { $0.put("abcdef" as StaticString) } == "<abc")
    #expect(written(atMost: 2) { $0.put(decimal: 123) } == "<")
    #expect(written(atMost: 1) { $0.put(twoDigits: 12) } == "<")
    #expect(written(atMost: 0) { $0.put(UInt8(ascii: "x")) } == "<")
    #expect(written(atMost: -5) { $0.put("x" as StaticString) } == "<")
  }

  @Test func nothingPutIsNothingWritten() {
    #expect(written(atMost: 10) { _ in } == "<")
    #expect(written(atMost: 10) { $0.put(UnsafeBufferPointer(start: nil, count: 0)) } == "<")
  }

  @Test(arguments: 0...40)
  func `a piece of any length is written whole, and cut where there is no room for it`(length: Int) {
    let text = String((0..<length).map { Character(Unicode.Scalar(UInt8(65 + $0))) })
    #expect(written(atMost: 64) { $0.put(text) } == "<" + text)
    for room in 0..<length {
      #expect(written(atMost: room) { $0.put(text) } == "<" + text.prefix(room))
    }
  }

  @Test func aStringIsMadeOfWhatIsPut() {
    #expect(String(atMost: 20) { $0.put("PJSIP/2001") } == "PJSIP/2001")
    #expect(String(atMost: 0) { $0.put("PJSIP/2001") } == "")
    #expect(String(atMost: -1) { $0.put("PJSIP/2001") } == "")
  }

  @Test func aCutCharacterDoesNotMakeAnInvalidText() {
    #expect(String(atMost: 3) { $0.put("ab山") } == "ab\u{FFFD}")
  }
}
