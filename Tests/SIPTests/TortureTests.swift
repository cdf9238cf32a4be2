import Foundation
import SIP
import Testing

/// The messages of RFC 4475 and RFC 5118, where they lie next to the package.
@Suite struct TortureTests {
  static let directory = URL(filePath: FileManager.default.currentDirectoryPath)
    .appending(path: "../shared/traces/public/torture")
  static let isPresent = FileManager.default.fileExists(atPath: directory.path)
  static let absence: Comment = "There is no ../shared/traces/public/torture next to the package."

  struct Facts: Sendable {
    let file: String
    let method: String
    let callID: String?
    let cseq: UInt32?
    let tag: String?
    let oddities: SIPMessage.Oddities

    init(
      _ file: String, _ method: String, _ callID: String?, _ cseq: UInt32?, _ tag: String?,
      _ oddities: SIPMessage.Oddities = []
    ) {
      (self.file, self.method, self.callID, self.cseq, self.tag, self.oddities) =
        (file, method, callID, cseq, tag, oddities)
    }
  }

  static let accepted = [
    // Valid ones, RFC 4475 section 3.1.1.
    Facts("rfc4475/wsinv", "INVITE", "wsinv.ndaksdj@192.0.2.1", 9, "98asjd8"),
    Facts(
      "rfc4475/intmeth", "!interesting-Method0123456789_*+`.%indeed'~",
      "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{", 139_122_385, "_token~1'+`*%!-."),
    Facts("rfc4475/esc01", "INVITE", "esc01.239409asdfakjkn23onasd0-3234", 234_234, "938"),
    Facts("rfc4475/escruri", "INVITE", "escruri.23940-asdfhj-aje3br-234q098w-fawerh2q-h4n5", 149_209_342, "341518"),
    Facts("rfc4475/esc02", "RE%47IST%45R", "esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf", 29344, "f232jadfj23"),
    Facts("rfc4475/lwsdisp", "OPTIONS", "lwsdisp.1234abcd@funky.example.com", 60, "323"),
    Facts("rfc4475/dblreq", "REGISTER", "dblreq.0ha0isndaksdj99sdfafnl3lk233412", 8, "43251j3j324"),
    Facts("rfc4475/unreason", "200", "unreason.1234ksdfak3j2erwedfsASdf", 35, "11141343"),
    Facts("rfc4475/noreason", "100", "noreason.asndj203insdf99223ndf", 35, "39ansfi3"),
    // Section 3.1.2: invalid ones whose dialog can still be told. Judging URIs, dates and parameters is not ours.
    Facts("rfc4475/badinv01", "INVITE", "badinv01.0ha0isndaksdjasdf3234nas", 8, "134161461246"),
    Facts("rfc4475/quotbal", "INVITE", "quotbal.aksdj", 8, "93334"),
    Facts("rfc4475/lwsstart", "INVITE", "lwsstart.dfknq234oi243099adsdfnawe3@example.com", 1_893_884, "8814"),
    Facts("rfc4475/regbadct", "REGISTER", "regbadct.k345asrl3fdbv@10.0.0.1", 1, "998332"),
    Facts("rfc4475/baddn", "OPTIONS", "baddn.31415@c.example.com", 3_923_239, "43"),
    Facts("rfc4475/mismatch01", "OPTIONS", "mismatch01.dj0234sxdfl3", 8, "34525"),
    Facts("rfc4475/mismatch02", "NEWMETHOD", "mismatch02.dj0234sxdfl3", 8, "34525"),
    // A CSeq beyond 2^31 is no CSeq.
    Facts("rfc4475/scalar02", "REGISTER", "scalar02.23o0pd9vanlq3wnrlnewofjas9ui32", nil, "239232jh3"),
    Facts("rfc4475/scalarlg", "503", "scalarlg.noase0of0234hn2qofoaf0232aewf2394r", nil, "2easdjfejw"),
    // Sections 3.2 to 3.4: odd for the transaction and application layers, plain for a reader.
    Facts("rfc4475/badbranch", "OPTIONS", "badbranch.sadonfo23i420jv0as0derf3j3n", 8, "33242"),
    Facts("rfc4475/insuf", "INVITE", nil, 193_942, nil),
    Facts(
      "rfc4475/mcl01", "OPTIONS", "mcl01.fhn2323orihawfdoa3o4r52o3irsdf", 15932, "3923942", .badContentLength),
    Facts("rfc4475/unkscm", "OPTIONS", "unkscm.nasdfasser0q239nwsdfasdkl34", 3_923_423, "384"),
    Facts("rfc4475/novelsc", "OPTIONS", "novelsc.asdfasser0q239nwsdfasdkl34", 3_923_423, "384"),
    Facts("rfc4475/unksm2", "REGISTER", "unksm2.daksdj@hyphenated-host.example.com", 234_902, "3234233"),
    Facts("rfc4475/bext01", "OPTIONS", "bext01.0ha0isndaksdj", 8, "242etr"),
    Facts("rfc4475/invut", "INVITE", "invut.0ha0isndaksdjadsfij34n23d", 235_448, "8392034"),
    Facts("rfc4475/regescrt", "REGISTER", "regescrt.k345asrl3fdbv@192.0.2.1", 14_398_234, "8"),
    Facts("rfc4475/sdp01", "INVITE", "sdp01.ndaksdj9342dasdd", 8, "234"),
    Facts("rfc4475/multi01", "INVITE", "multi01.98asdh@192.0.2.1", 5, "3413415"),
    Facts("rfc4475/inv2543", "INVITE", "inv2543.1717@ift.client.example.com", 56, nil),
    Facts("rfc4475/cparam02", "REGISTER", "cparam02.70710@saturn.example.com", 3, "838293"),
    Facts("rfc4475/bcast", "200", "bcast.0384840201234ksdfak3j2erwedfsASdf", 35, "11141343"),
    Facts("rfc5118/ipv6-good", "REGISTER", "SSG9559905523997077@hlau_4100", 98176, "81x2"),
    Facts("rfc5118/ipv6-bad", "REGISTER", "SSG9559905523997077@hlau_4100", 98176, "81x2"),
    Facts("rfc5118/port-unambiguous", "REGISTER", "SSG9559905523997077@hlau_4100", 98176, "81x2"),
    Facts("rfc5118/via-received-param-with-delim", "BYE", "SSG9559905523997077@hlau_4100", 321, "81x2"),
    Facts("rfc5118/ipv4-mapped-ipv6", "INVITE", "SSG9559905523997077@hlau_4100", 612, "81x2"),
    Facts("rfc5118/ipv6-correct-abnf-2-colons", "OPTIONS", "G9559905523997077@hlau_4100", 689, "810x2"),
    Facts("rfc5118/ipv6-bug-abnf-3-colons", "OPTIONS", "G9559905523997077@hlau_4100", 689, "810x2"),
  ]

  @Test(.enabled(if: isPresent, absence), arguments: accepted)
  func aMessageIsReadWithTheseFacts(_ facts: Facts) throws {
    let bytes = try [UInt8](Data(contentsOf: Self.directory.appending(path: facts.file + ".dat")))
    try withMessage(bytes) { message in
      let method =
        switch message.startLine {
        case .request(_, let text, _): text.string
        case .response(let status, _): String(status)
        }
      #expect(method == facts.method)
      #expect(message.callID?.string == facts.callID)
      #expect(message.cseq?.number == facts.cseq)
      #expect(message.from?.tag?.string == facts.tag)
      // Whether the copies kept their last line ends is not what these messages are about.
      #expect(message.oddities.subtracting(.bodyCut) == facts.oddities)
      #expect(readAll(message) > 0)
    }
  }

  @Test(.enabled(if: isPresent, absence))
  func aMessageOfAnotherVersionIsRefused() throws {
    let bytes = try [UInt8](Data(contentsOf: Self.directory.appending(path: "rfc4475/badvers.dat")))
    let error = #expect(throws: SIPParseError.self) { try withMessage(bytes) { _ in } }
    #expect(error?.reason == .badVersion)
    #expect(error?.offset == 33)
  }

  @Test(.enabled(if: isPresent, absence))
  func everyFileIsInATable() throws {
    var files = Set<String>()
    for folder in ["rfc4475", "rfc5118"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: Self.directory.appending(path: folder).path)
      files.formUnion(names.filter { $0.hasSuffix(".dat") }.map { "\(folder)/\($0.dropLast(4))" })
    }
    #expect(files.subtracting(Self.accepted.map(\.file)) == ["rfc4475/badvers"])
  }

  @Test(
    .enabled(if: isPresent, absence),
    arguments: [
      ("rfc5118/ipv6-good", "[2001:db8::10]", nil), ("rfc5118/port-unambiguous", "[2001:db8::10]", 5070),
      ("rfc5118/ipv6-bad", nil, nil), ("rfc4475/novelsc", nil, nil), ("rfc4475/unkscm", nil, nil),
      ("rfc4475/escruri", "example.com", nil), ("rfc4475/intmeth", "example.com", nil),
    ] as [(String, String?, UInt16?)])
  func theHostOfTheRequestURIIsFoundOrRefused(file: String, host: String?, port: UInt16?) throws {
    let bytes = try [UInt8](Data(contentsOf: Self.directory.appending(path: file + ".dat")))
    try withMessage(bytes) { message in
      let uri = message.requestURI.flatMap { SIPURI($0) }
      #expect(uri?.host.string == host)
      #expect(uri?.port == port)
    }
  }
}
