import Foundation
import SIP
import Testing

/// What the strict reading says of the published torture messages, where they lie next to the package.
@Suite struct TortureCheckTests {
  /// Problems by name, of the part of a file that a parser takes for the message.
  static let expected: [(file: String, problems: Set<String>)] = [
    // RFC 4475 section 3.1.1: valid, so without a problem.
    ("rfc4475/wsinv", []), ("rfc4475/intmeth", []), ("rfc4475/esc01", []), ("rfc4475/esc02", []),
    ("rfc4475/lwsdisp", []), ("rfc4475/dblreq", []), ("rfc4475/unreason", []), ("rfc4475/noreason", []),
    // Section 3.1.2: invalid, for the reason the RFC gives.
    ("rfc4475/badinv01", ["malformed-via", "malformed-parameter", "empty-list-value", "missing-branch"]),
    ("rfc4475/scalar02", ["bad-cseq", "number-too-large", "interval-too-large"]),
    ("rfc4475/scalarlg", ["bad-cseq", "interval-too-large", "bad-warning", "missing-tag"]),
    ("rfc4475/quotbal", ["unterminated-quote"]), ("rfc4475/lwsstart", ["blanks-in-start-line"]),
    ("rfc4475/escruri", ["headers-in-request-uri"]), ("rfc4475/regbadct", ["uri-needs-brackets"]),
    ("rfc4475/baddn", ["unquoted-display-name"]), ("rfc4475/mismatch01", ["cseq-method-mismatch"]),
    ("rfc4475/mismatch02", ["cseq-method-mismatch"]),
    // Sections 3.2 to 3.4.
    ("rfc4475/badbranch", ["empty-branch"]), ("rfc4475/insuf", ["missing-header", "missing-expected-header"]),
    ("rfc4475/unkscm", ["unsupported-scheme"]), ("rfc4475/novelsc", ["unsupported-scheme"]),
    ("rfc4475/unksm2", ["foreign-scheme"]), ("rfc4475/bext01", ["unknown-option"]),
    ("rfc4475/invut", ["unusable-body"]), ("rfc4475/multi01", ["repeated-header"]),
    ("rfc4475/mcl01", ["content-length-conflict"]), ("rfc4475/bcast", ["unanswerable-via"]),
    ("rfc4475/cparam02", []), ("rfc4475/regescrt", []), ("rfc4475/sdp01", ["no-acceptable-body"]),
    ("rfc4475/inv2543", ["missing-expected-header", "missing-branch", "missing-tag"]),
    // RFC 5118 section 4.
    ("rfc5118/ipv6-good", []), ("rfc5118/ipv6-bad", ["bad-host"]), ("rfc5118/port-unambiguous", []),
    ("rfc5118/via-received-param-with-delim", []),
    ("rfc5118/ipv4-mapped-ipv6", []), ("rfc5118/ipv6-correct-abnf-2-colons", []),
    ("rfc5118/ipv6-bug-abnf-3-colons", ["extra-colon-in-ipv6"]),
  ]

  @Test(.enabled(if: TortureTests.isPresent, TortureTests.absence), arguments: expected)
  func aTortureMessageHasTheProblemsItsRFCSays(file: String, problems: Set<String>) throws {
    let bytes = try [UInt8](Data(contentsOf: TortureTests.directory.appending(path: file + ".dat")))
    try withMessage(bytes) { message in
      // Whether the copies kept their last line ends is not what these messages are about.
      let found = message.problems().map(\.kind).filter { $0 != .bodyCut }
      #expect(Set(found.map(\.rawValue)) == problems)
      #expect(message.problems().allSatisfy { (0...message.text.count).contains($0.offset) })
    }
  }

  @Test(.enabled(if: TortureTests.isPresent, TortureTests.absence))
  func everyTortureMessageIsInTheTable() {
    #expect(Set(Self.expected.map(\.file)) == Set(TortureTests.accepted.map(\.file)))
  }
}
