import PBXModel
import Primitives
import TestSupport
import Testing

private func texts(_ texts: CDRRowTexts) -> [String] {
  texts.withBytes { bytes in
    CDRRowTexts.fields.indices.map { String(decoding: bytes[texts.range(at: $0)], as: UTF8.self) }
  }
}

@Suite struct CDRRowTextsTests {
  /// Every column filled, no two alike but for the flags.
  private static let full: CDRRecord = {
    var row = CDRRecord.outboundCall(7, row: 1)
    (row.isNATCall, row.isNATCallOfPeer, row.isVideoCall) = (true, nil, true)
    (row.isGDSCall, row.isGSCCall) = (false, true)
    (row.gdmsUniqueCode, row.waveSrcSeqid, row.waveDstSeqid) = ("code", "707", "1257")
    (row.deviceInfo, row.deviceInfoPeer) = ("WP820", "GXP2160")
    row.recordfilesDesc = "duration=31,size=489324B,start-time=1661157307@"
    return row
  }()

  private static var hostile: CDRRecord {
    var row = full
    row.durationSeconds = .min
    row.billsecSeconds = .max
    row.acctId = .min
    row.start = Instant(nanoseconds: .min)
    row.answer = Instant(nanoseconds: .max)
    row.end = nil
    row.src = String(repeating: "9", count: 70_000)
    row.callerName = "\u{0},\"\n\u{FFFF}"
    row.isNATCallOfPeer = false
    return row
  }

  @Test(arguments: [CDRRecord.internalCall(), .voicemail(), full, hostile])
  func eachColumnHasTheTextThatTheFieldGives(row: CDRRecord) {
    var filled = CDRRowTexts(timeZone: .berlin2023)
    filled.fill(with: row)
    #expect(texts(filled) == CDRField.allCases.map { $0.text(of: row, in: .berlin2023) })
  }

  @Test func aRowReplacesTheOneBefore() {
    var filled = CDRRowTexts(timeZone: .berlin2023)
    for row in [Self.hostile, .internalCall(), Self.full, .voicemail()] {
      filled.fill(with: row)
      #expect(texts(filled) == CDRField.allCases.map { $0.text(of: row, in: .berlin2023) })
    }
  }

  @Test func withoutARowEveryTextIsEmpty() {
    #expect(texts(CDRRowTexts(timeZone: .utc)).allSatisfy { $0.isEmpty })
  }

  @Test func aCommaFollowsEachText() {
    var filled = CDRRowTexts(timeZone: .berlin2023)
    filled.fill(with: .voicemail())
    let expected = CDRField.allCases.map { $0.text(of: .voicemail(), in: .berlin2023) + "," }.joined()
    #expect(filled.withBytes { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test(arguments: [-1, 43, .max, .min])
  func aPlaceThatIsNoneHasNoText(place: Int) {
    var filled = CDRRowTexts(timeZone: .utc)
    filled.fill(with: .internalCall())
    #expect(filled.range(at: place).isEmpty)
  }

  @Test(arguments: [
    ("", false), ("2001", false), ("PJSIP/2001-00000000", false), (" !#$%&'()*+-./:;<=>?@[]^_`{|}~", false),
    ("a,", true), ("\"", true), ("1234567\\", true), ("12345678\u{7f}", true), ("\u{0}", true),
    ("\u{1f}abcdefgh", true),
    ("Zoë", true), ("123456789012345,", true), ("0123456701234567\n", true), ("山", true),
  ])
  func aColumnIsMarkedWhoseTextSomeNotationHasToMark(text: String, isMarked: Bool) {
    var row = CDRRecord.internalCall()
    row.clid = ""
    row.lastdata = ""
    row.callerName = text
    var filled = CDRRowTexts(timeZone: .utc)
    filled.fill(with: row)
    let place = UInt64(CDRField.allCases.firstIndex(of: .callerName) ?? 0)
    #expect(filled.marked == (isMarked ? 1 << place : 0))
  }

  @Test func everyByteIsJudgedAloneWhereverItStands() {
    for byte in UInt8(0)..<0x80 {
      let isMarked = byte < 0x20 || byte == 0x7f || [34, 44, 92].contains(byte)
      for length in [1, 7, 8, 9, 17] {
        for place in [0, length / 2, length - 1] {
          var scalars = Array(repeating: UInt8(ascii: "x"), count: length)
          scalars[place] = byte
          var row = CDRRecord.internalCall()
          row.clid = ""
          row.lastdata = String(decoding: scalars, as: UTF8.self)
          var filled = CDRRowTexts(timeZone: .utc)
          filled.fill(with: row)
          #expect((filled.marked != 0) == isMarked, "\(byte) at \(place) of \(length)")
        }
      }
    }
  }
}
