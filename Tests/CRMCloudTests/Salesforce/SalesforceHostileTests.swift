import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// Texts that were cut or changed by chance: each gets an answer, whatever it is.
struct SalesforceHostileTests {
  private static let queries = [
    "SELECT Id,Name FROM Contact WHERE (Phone LIKE '%5%5\\%' OR NOT Name = 'O\\'Brien') AND CreatedDate > "
      + "2026-11-28T09:00:00Z ORDER BY Name DESC NULLS LAST, Phone LIMIT 10 OFFSET 1",
    "SELECT COUNT() FROM Task WHERE CallDurationInSeconds IN (1,2,-3) AND IsClosed = true AND WhoId != null",
  ]
  private static let searches = [
    #"FIND {(16175550142 OR "617 555 0142") AND NOT tes* x\-y} IN PHONE FIELDS RETURNING Contact(Id,Name WHERE Phone "#
      + "LIKE '%1%' ORDER BY Name LIMIT 5),Lead,Account(Id) LIMIT 20"
  ]
  private static let logins = [
    #"<?xml version="1.0"?><e:Envelope xmlns:e="x"><e:Body><login><username>a&amp;b</username>"#
      + "<password><![CDATA[p]]>&#65;</password></login></e:Body></e:Envelope>"
  ]
  private static let bodies = [
    #"{"LastName":"x","Phone":"+1","AccountId":"001000000000001AAA","Email":null}"#,
    #"{"batchRequests":[{"method":"GET","url":"v64.0/query/?q=SELECT%20Id%20FROM%20Lead"},{"method":"POST","url":"#
      + #""v64.0/sobjects/Lead","richInput":{"LastName":"x","Company":"y"}}]}"#,
  ]

  /// Every beginning of the text, and as many with a few bytes changed.
  private static func variants(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    var chance = SeededGenerator(seed: UInt64(bytes.count))
    let cut = bytes.indices.map { String(decoding: bytes[..<$0], as: UTF8.self) }
    let changed = bytes.indices.map { _ in
      var copy = bytes
      for _ in 0...Int.random(in: 0...3, using: &chance) {
        copy[Int.random(in: 0..<copy.count, using: &chance)] = UInt8.random(in: 0...255, using: &chance)
      }
      return String(decoding: copy, as: UTF8.self)
    }
    return cut + changed
  }

  @Test(arguments: SalesforceCloudSettings.Manner.allCases)
  func queriesAndSearchesAreAnswered(manner: SalesforceCloudSettings.Manner) throws {
    var org = try SalesforceOrg.open {
      $0.settings.manner = manner
      $0.settings.dailyRequests = 100_000
    }
    for text in Self.queries {
      #expect(org.query(text).status == 200)
      for variant in Self.variants(of: text) { #expect([200, 400].contains(org.query(variant).status)) }
    }
    for text in Self.searches {
      #expect(org.search(text).status == 200)
      for variant in Self.variants(of: text) { #expect([200, 400].contains(org.search(variant).status)) }
    }
  }

  @Test func loginsAndBodiesAreAnswered() throws {
    var org = try SalesforceOrg.open { $0.settings.dailyRequests = 100_000 }
    for variant in Self.logins.flatMap(Self.variants) {
      #expect(org.send(.post, "login.salesforce.com", "/services/Soap/u/64.0", body: variant).status == 500)
    }
    for variant in Self.bodies.flatMap(Self.variants) {
      for path in ["sobjects/Contact", "composite/batch", "sobjects/Task"] {
        #expect([200, 201, 400].contains(org.call(.post, path, variant).status))
      }
    }
  }

  @Test func pathsAreAnswered() throws {
    var org = try SalesforceOrg.open { $0.settings.dailyRequests = 100_000 }
    for path in [
      "sobjects/Contact/003000000000001AAA?fields=Name", "parameterizedSearch/?q=61&sobject=Contact&Contact.limit=1",
      "query/01g-1",
    ].flatMap(Self.variants) {
      #expect((200..<500).contains(org.call(.get, path).status))
    }
    let ids = ["003", "0030000000000", "00300000000000Ä", "003000000000001!!!", String(repeating: "0", count: 5000)]
    for id in ids { #expect(org.call(.get, "sobjects/Contact/" + PercentEncoding.encode(id)).status == 404) }
  }
}
