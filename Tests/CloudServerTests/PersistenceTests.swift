import CRMCloud
import CRMConnectors
import CloudServer
import CloudStorage
import Foundation
import HTTPTypes
import Primitives
import TestSupport
import Testing

@Suite struct PersistenceTests {
  private static func ask(_ cloud: ServedCloud<ZohoCloud>, _ request: CRMRequest) async throws -> CloudResponse {
    try #require(try await cloud.answer(request.request, body: request.body).answer)
  }

  private static func text(_ response: CloudResponse) -> String { String(decoding: response.body, as: UTF8.self) }

  private static func token(_ cloud: ServedCloud<ZohoCloud>) async throws -> String {
    let answer = text(try await ask(cloud, Asked.token()))
    return try #require(answer.firstMatch(of: /"access_token":"([^"]+)"/)).1.description
  }

  private static func archive(_ path: String) throws -> CloudArchive<ZohoCloud> {
    CloudArchive(try CloudStore(path: path))
  }

  /// As after a crash: what is on disk while the server runs is all there is.
  private static func crashed(_ folder: TemporaryDirectory, _ name: String) throws -> String {
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: folder.path("cloud.sqlite" + suffix), toPath: folder.path(name + suffix))
    }
    return folder.path(name)
  }

  @Test func whatWasAnsweredIsKnownAfterACrash() async throws {
    let folder = try TemporaryDirectory()
    let cloud = try RunningCloud.served(archive: try Self.archive(folder.path("cloud.sqlite")))
    let token = try await Self.token(cloud)
    for number in 1...5 {
      #expect(try await Self.ask(cloud, Asked.create(token, name: "Lead \(number)")).response.status.code == 201)
    }
    let again = try RunningCloud.served(archive: try Self.archive(try Self.crashed(folder, "copy.sqlite")))
    let leads = try await Self.leads(again, token)
    #expect(leads.matches(of: /"Last_Name":"Lead \d"/).count == 5)
    // The next id and token are those the first would have given.
    let first = Self.text(try await Self.ask(cloud, Asked.create(token)))
    let second = Self.text(try await Self.ask(again, Asked.create(token)))
    #expect(first == second)
    try await cloud.close()
  }

  @Test func aStopAndAStartChangeNothing() async throws {
    let folder = try TemporaryDirectory()
    let cloud = try RunningCloud.served(archive: try Self.archive(folder.path("cloud.sqlite")))
    let token = try await Self.token(cloud)
    _ = try await Self.ask(cloud, Asked.create(token, name: "Kept"))
    try await cloud.close()
    let again = try RunningCloud.served(archive: try Self.archive(folder.path("cloud.sqlite")))
    #expect(try await Self.leads(again, token).contains("Kept"))
    try await again.close()
  }

  @Test func aChangeByAFaultIsKeptToo() async throws {
    let folder = try TemporaryDirectory()
    var match = CloudFaultRule.Match()
    match.path = "/crm/*"
    let cloud = try RunningCloud.served(
      faults: [CloudFaultRule(name: "expire", match: match, action: .expireToken)],
      archive: try Self.archive(folder.path("cloud.sqlite")))
    let token = try await Self.token(cloud)
    #expect(try await Self.ask(cloud, Asked.search(token)).response.status.code == 401)
    let again = try RunningCloud.served(archive: try Self.archive(try Self.crashed(folder, "copy.sqlite")))
    #expect(try await Self.ask(again, Asked.search(token)).response.status.code == 401)
    try await cloud.close()
  }

  @Test func theClockGoesOnWhereItWas() async throws {
    let folder = try TemporaryDirectory()
    let first = try RunningCloud.served(archive: try Self.archive(folder.path("cloud.sqlite")))
    _ = try await Self.token(first)
    try await first.close()
    let again = try RunningCloud.served(
      archive: try Self.archive(folder.path("cloud.sqlite")), clock: CloudClock(startingAt: .epoch, wall: .epoch))
    let token = try await Self.token(again)
    #expect(try await Self.ask(again, Asked.search(token)).response.status.code == 200)
    try await again.close()
  }

  @Test func aStateOfAnotherKindIsAnError() throws {
    let folder = try TemporaryDirectory()
    let store = try CloudStore(path: folder.path("cloud.sqlite"))
    try store.replace(with: Array(#"{"cloud":{"unknown":1}}"#.utf8))
    let error = #expect(throws: CloudStoreError.self) { try RunningCloud.served(archive: CloudArchive(store)) }
    #expect(error?.reason == .damaged && error?.isUnusableInput == true)
    try store.close()
  }

  private static func leads(_ cloud: ServedCloud<ZohoCloud>, _ token: String) async throws -> String {
    var head = HTTPRequest(method: .get, scheme: "https", authority: "www.zohoapis.com", path: "/crm/v2/Leads")
    head.headerFields[.authorization] = "Zoho-oauthtoken \(token)"
    return text(try #require(try await cloud.answer(head, body: []).answer))
  }
}
