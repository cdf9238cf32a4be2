import ApplianceAPI
import JSON
import Primitives
import Testing

@Suite struct StoredCRMPagesTests {
  private static let key = Array(0..<32) as [UInt8]
  private static let secret = "refresh-token-of-1001"

  private static var pages: CRMPages {
    var settings = CRMPages.Settings()
    settings.module = "zoho-v2"
    settings.address = "https://www.zohoapis.eu"
    (settings.addsTo, settings.lookups) = ("leads", ["contacts", "leads"])
    var user = CRMPages.User()
    user.isEnabled = true
    user.values = [
      "client_id": Secret("1000.CLIENT"), "client_secret": Secret("shh"), "refresh_token": Secret(secret),
    ]
    var other = CRMPages.User()
    other.values = ["client_secret": Secret("shh")]
    return CRMPages(settings: settings, users: ["1001": user, "1002": other])
  }

  /// Nonces that no other has.
  private static func bytes(_ key: [UInt8] = key, first: UInt8 = 0) throws -> [UInt8] {
    var count = first
    return try #require(
      StoredCRMPages(pages).bytes(key: key, isSecret: { $0 != "client_id" }) {
        count += 1
        return Array(repeating: count, count: StoredCRMPages.nonceBytes)
      })
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func whatIsKeptReadsBackWithTheKey() throws {
    let read = try StoredCRMPages(reading: Self.bytes(), key: Self.key)
    #expect(read == StoredCRMPages(Self.pages))
  }

  @Test func noSecretStandsInTheFileAndEqualOnesDoNotShowIt() throws {
    let text = Self.text(try Self.bytes())
    for secret in ["shh", Self.secret] { #expect(!text.contains(secret)) }
    #expect(text.contains("1000.CLIENT"))
    let json = try #require(JSONValue(parsing: try Self.bytes()))
    let sealed = ["1001", "1002"].map { json["users"]?[$0]?["sealed"]?["client_secret"]?.string ?? "" }
    #expect(sealed[0] != sealed[1] && !sealed[0].isEmpty)
  }

  @Test func theSameNoncesGiveTheSameBytesAndOthersOthers() throws {
    #expect(try Self.bytes() == Self.bytes())
    #expect(try Self.bytes() != Self.bytes(first: 100))
  }

  @Test func withAnotherKeyNothingIsOpened() throws {
    let bytes = try Self.bytes()
    for key in [Array(1..<33), [], Array(repeating: 0, count: 16)] as [[UInt8]] {
      #expect(throws: StoredCRMPages.Failure.sealedOtherwise) { try StoredCRMPages(reading: bytes, key: key) }
    }
    #expect(StoredCRMPages(Self.pages).bytes(key: [1], isSecret: { _ in true }, nonce: { [] }) == nil)
    #expect(StoredCRMPages(Self.pages).bytes(key: Self.key, isSecret: { _ in true }, nonce: { [1] }) == nil)
  }

  @Test func aSecretMovedToAnotherFieldOrExtensionIsNotOpened() throws {
    let text = Self.text(try Self.bytes())
    for (from, to) in [
      ("\"client_secret\": ", "\"refresh_token2\": "), ("\"1002\": ", "\"1003\": "),
    ] {
      let moved = text.replacing(from, with: to)
      #expect(moved != text)
      #expect(throws: StoredCRMPages.Failure.sealedOtherwise) {
        try StoredCRMPages(reading: Array(moved.utf8), key: Self.key)
      }
    }
  }

  @Test func aChangedSecretIsNotOpened() throws {
    let json = try #require(JSONValue(parsing: try Self.bytes()))
    let sealed = try #require(json["users"]?["1002"]?["sealed"]?["client_secret"]?.string)
    for other in ["", "AAAA", "not base64!", String(sealed.dropLast(4)), "B" + sealed.dropFirst()] {
      let text = Self.text(try Self.bytes()).replacing("\"\(sealed)\"", with: "\"\(other)\"")
      #expect(throws: StoredCRMPages.Failure.sealedOtherwise, "\(other)") {
        try StoredCRMPages(reading: Array(text.utf8), key: Self.key)
      }
    }
  }

  @Test func aFileOfALaterVersionIsSaidToBeOne() throws {
    let text = Self.text(try Self.bytes()).replacing("\"version\": 1", with: "\"version\": 2")
    #expect(throws: StoredCRMPages.Failure.newer) { try StoredCRMPages(reading: Array(text.utf8), key: Self.key) }
  }

  @Test(arguments: [
    ("\"CRM pages of ucmsim serve\"", "\"something else\""), ("\"version\": 1", "\"version\": \"1\""),
    ("\"version\": 1", "\"version\": 0"), ("\"settings\"", "\"other\""), ("\"users\"", "\"other\""),
    ("\"enabled\": true", "\"enabled\": \"yes\""), ("\"values\"", "\"other\""), ("\"sealed\"", "\"other\""),
    ("\"lookups\": [", "\"lookups\": {"), ("{", ""), ("\"module\": \"zoho-v2\"", "\"module\": 7"),
  ])
  func whatIsBrokenIsNotRead(from: String, to: String) throws {
    let text = Self.text(try Self.bytes()).replacing(from, with: to, maxReplacements: 1)
    #expect(throws: StoredCRMPages.Failure.unreadable) {
      try StoredCRMPages(reading: Array(text.utf8), key: Self.key)
    }
  }

  @Test func everyCutOfAFileIsRefused() throws {
    let bytes = try Self.bytes()
    for length in stride(from: 0, to: bytes.count - 2, by: 7) {
      #expect(throws: StoredCRMPages.Failure.unreadable) {
        try StoredCRMPages(reading: Array(bytes.prefix(length)), key: Self.key)
      }
    }
  }
}
