import PBXModel
import Primitives
import Reports
import TestSupport
import Testing

/// The picture on a terminal.
struct LadderTextTests {
  private static func lines(_ ladder: Ladder, width: Int?, isASCII: Bool = false) -> [Substring] {
    LadderText(ladder, width: width, isASCII: isASCII).text.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast()
  }

  /// One caller, and that many phones rung at once.
  static func ringing(_ callees: Int) -> [any WrittenExchange] {
    var exchanges: [any WrittenExchange] = [
      incoming("1000", dials: "6400").invite(at: 0).trying(at: 0.01).reply(480, at: 50).ack(at: 50)
    ]
    for index in 0..<callees {
      let later = Double(index) / 1000
      let callee = outgoing("1000", to: "\(2000 + index)", host: 20 + index, callID: "out-\(index)")
      exchanges.append(
        callee.invite(at: 0.1 + later).ringing(at: 1 + later).cancel(at: 49 + later).refuse(487, at: 49.5 + later))
    }
    return exchanges
  }

  @Test func thePBXStandsBetweenCallerAndCallee() throws {
    let text = LadderText(try draw(answeredCall()), width: 100).text
    #expect(
      text == """
        Call 1: 1000 → 1001, Internal, ANSWERED
        2026-09-21 14:13:20 UTC, 9 s, of which 6 s connected, 2 legs

        LEG  PARTY                      ENDED            CALL-ID
        1    from 1000 192.0.2.11:5060  BYE from caller  in-1
        2    to 1001 192.0.2.12:5060    BYE from caller  out-1

        FRAME TIME             DELTA  1000                          PBX                          1001
                                      192.0.2.11:5060         192.0.2.2:5060          192.0.2.12:5060
                                        │                            │                            │
            1 14:13:20.000              ├─ INVITE sdp ──────────────►│                            │
                                        │ leg 1; audio 192.0.2.11:4000                            │
            2 14:13:20.100 +0.100000    │◄ 100 Reason (INVITE) ──────┤                            │
            3 14:13:20.200 +0.100000    │                            ├─ INVITE sdp ──────────────►│
                                        │ leg 2, joined by the caller's number, the number dialled, within 1
                                        │ s, no callee before it, the caller's only call (100%); audio
                                        │ 192.0.2.2:10002            │                            │
            4 14:13:21.000 +0.800000    │                            │◄ 180 Reason (INVITE) ──────┤
            5 14:13:22.000 +1.000000    │                            │◄ 200 Reason (INVITE) sdp ──┤
                                        │ audio 192.0.2.2:10002 ↔ 192.0.2.12:4000                 │
            6 14:13:22.050 +0.050000    │                            ├─ ACK ─────────────────────►│
            7 14:13:22.100 +0.050000    │◄ 200 Reason (INVITE) sdp ──┤                            │
                                        │ audio 192.0.2.11:4000 ↔ 192.0.2.2:10000                 │
            8 14:13:22.200 +0.100000    ├─ ACK ─────────────────────►│                            │
            9 14:13:29.000 +6.800000    ├─ BYE ─────────────────────►│                            │
           10 14:13:29.000 +0.000000    │◄ 200 Reason (BYE) ─────────┤                            │
           11 14:13:29.100 +0.100000    │                            ├─ BYE ─────────────────────►│
           12 14:13:29.100 +0.000000    │                            │◄ 200 Reason (BYE) ─────────┤

        """)
  }

  @Test(arguments: [72, 73, 80, 97, 120, 200, 1000])
  func noLineIsWiderThanTheTerminal(_ width: Int) throws {
    for exchanges in [answeredCall(), Self.ringing(1), Self.ringing(3), Self.ringing(30)] {
      let ladder = try draw(exchanges)
      for isASCII in [false, true] {
        let lines = Self.lines(ladder, width: width, isASCII: isASCII)
        #expect(lines.allSatisfy { DisplayWidth.columns(of: $0) <= width && $0.last != " " })
        #expect(lines.count > ladder.rows.count)
      }
    }
  }

  @Test func asManyCalleesAsFitHaveAColumnAndTheOthersShareOneThatNamesThem() throws {
    let ladder = try draw(Self.ringing(30))
    #expect(ladder.columns.count == 32)
    let narrow = LadderText(ladder, width: 120).text
    #expect(narrow.contains("2000 ") && narrow.contains(" 28 more"))
    #expect(narrow.contains("2029: INVITE"))
    let wide = LadderText(ladder, width: nil).text
    #expect(!wide.contains("more") && !wide.contains("2029: INVITE"))
  }

  @Test func pastTheLimitOfColumnsEvenAWidePictureSharesOne() throws {
    let ladder = try draw(Self.ringing(60))
    #expect(ladder.columns.count == Ladder.columnsMax)
    #expect(ladder.columns.last?.name == "23 more")
    #expect(ladder.merged(toColumns: 5).columns.map(\.name) == ["1000", "PBX", "2000", "2001", "58 more"])
    #expect(ladder.merged(toColumns: 0).columns.map(\.name) == ["1000", "PBX", "60 callees"])
  }

  @Test func aCallOfOneLegIsDrawnFromEitherSide() throws {
    let caller = try draw([incoming("1000", dials: "500").invite(at: 0).ok(at: 1).bye(at: 2)])
    #expect(caller.columns.map(\.name) == ["1000", "PBX"])
    #expect(Self.lines(caller, width: 72).contains { $0.contains("├─ INVITE ") && $0.hasSuffix("►│") })
    let callee = try draw([outgoing("1000", to: "1001").invite(at: 0).ok(at: 1).bye(by: .callee, at: 2)])
    #expect(callee.columns.map(\.name) == ["PBX", "1001"])
    #expect(Self.lines(callee, width: 72).contains { $0.contains("│◄ BYE ") && $0.hasSuffix("┤") })
  }

  @Test func labelsGiveUpTheirPhraseBeforeTheirMeaning() throws {
    let ladder = try draw(answeredCall())
    let narrow = LadderText(ladder, width: 72).text
    #expect(narrow.contains("◄ 200 (INVITE) ") || narrow.contains("◄ 200 (INVITE) sdp "))
    #expect(!narrow.contains("200 Reason (INVITE) sdp"))
    #expect(LadderText(ladder, width: 160).text.contains("◄ 200 Reason (INVITE) sdp "))
  }

  @Test func retransmissionsAreDotted() throws {
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).again(at: 0.5).reply(486, at: 2)])
    let lines = Self.lines(ladder, width: nil)
    #expect(lines.count { $0.contains("├╌ INVITE ╌") && $0.hasSuffix("retransmission of frame 1") } == 1)
    #expect(Self.lines(ladder, width: nil, isASCII: true).contains { $0.contains("+. INVITE .") && $0.contains(".>|") })
  }

  @Test func coloursAreThereOnlyWhenAskedForAndAddNoText() throws {
    let ladder = try draw(answeredCall())
    let plain = LadderText(ladder, width: 100).text
    let coloured = LadderText(ladder, width: 100, isColoured: true).text
    #expect(!plain.contains("\u{1b}"))
    #expect(coloured.contains("\u{1b}[36m"))
    #expect(coloured.replacing(/\u{1b}\[\d+m/, with: "") == plain)
    for line in coloured.split(separator: "\n") {
      let sequences = line.matches(of: /\u{1b}\[\d+m/).map(\.output)
      #expect(sequences.last.map { $0 == "\u{1b}[0m" } ?? true)
    }
  }

  @Test func whatIsLeftOutStandsAtTheEnd() throws {
    let ladder = try draw(answeredCall(), messagesMax: 5)
    #expect(Self.lines(ladder, width: 100).last?.hasPrefix("… 7 more") == true)
  }

  static let hostileNames = [
    "<script>alert(1)</script>", "\u{202e}drow\u{2066}ssap", "山田太郎", "محمد بن علي", "👩‍👧👩‍👧", "a\u{301}\u{302}\u{303}",
    String(repeating: "long ", count: 2000), "e" + String(repeating: "\u{301}", count: 4000), "\u{7}\u{1b}[2J\u{9b}2J",
    "\u{200b}\u{200b}", "'\"&<>", "\u{ffff}\u{fffe}",
  ]

  @Test(arguments: hostileNames)
  func noNameCanBreakOutOfItsLine(_ name: String) throws {
    var caller = incoming("1000", dials: "1001")
    caller.displayName = name
    let user = name.filter { $0.isLetter || $0.isNumber }.prefix(300)
    let ladder = try draw([
      caller.invite(at: 0).trying(at: 0.05).adding("Reason: Q.850;cause=1;text=\"\(name)\"").ok(at: 2).bye(at: 3),
      outgoing("1000", to: "u\(user)").invite(at: 0.1).adding("Referred-By: <sip:\(user)@x>").ok(at: 1.9).bye(at: 3),
    ])
    let expected = Self.lines(ladder, width: 90).count
    #expect(expected < 60)
    for width in [72, 90, 200] {
      for line in Self.lines(ladder, width: width) {
        #expect(DisplayWidth.columns(of: line) <= width)
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) })
        #expect(line.utf8.count < 4000)
        #expect(DisplayWidth.printable(String(line)) == line)
      }
    }
    #expect(
      LadderText(ladder, width: 90, isASCII: true).text.utf8.allSatisfy { (0x20..<0x7f).contains($0) || $0 == 10 })
  }

  @Test func longIPv6AddressesStayWholeWhereThereIsRoom() throws {
    let pbx = PBXAddresses([IPEndpoint("[2001:db8::2]:5060")].compactMap(\.self))
    let far = "[2001:db8:1111:2222:3333:4444:5555:6666]:50600"
    let ladder = try draw(
      [Dialogue(from: "1000@\(far)", to: "1001@[2001:db8::2]:5060", callID: "v6").invite(at: 0).ok(at: 1).bye(at: 2)],
      pbx: pbx)
    #expect(ladder.columns.map(\.address) == [far, "[2001:db8::2]:5060"])
    #expect(Self.lines(ladder, width: nil)[7].contains(far))
    #expect(Self.lines(ladder, width: 72).allSatisfy { DisplayWidth.columns(of: $0) <= 72 })
  }
}
