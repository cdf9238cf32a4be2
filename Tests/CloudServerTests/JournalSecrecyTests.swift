import CRMCloud
import CloudServer
import HTTPTypes
import JSON
import Primitives
import TestSupport
import Testing

/// Secrets that only a cloud itself knows from the rest of a request.
struct JournalSecrecyTests {
  private static func clouds() throws -> CRMClouds {
    let refusal = DescribedAnswer(status: 401, json: ["error": "refused"])
    var described = DescribedCloudContents(
      name: "Example", hosts: ["crm.example.com"], refusal: refusal, throttle: refusal)
    var credentials = DescribedCredentialsPattern()
    credentials.path["secret code"] = "example-code"
    described.endpoints = [
      DescribedEndpoint(
        pattern: DescribedPattern(
          method: "GET", path: [.init([.literal("rest")]), .init([.place("secret code")]), .init([.literal("user")])],
          query: [], headers: [], body: .none),
        credentials: credentials, work: .check, answer: DescribedAnswer(status: 200, json: [:]), miss: nil)
    ]
    var contents = CloudContents()
    contents.described = described
    return try CRMClouds(contents, seed: 1)
  }

  @Test func theCodeOfAWebhookIsNotInTheJournal() async throws {
    let folder = try TemporaryDirectory()
    let served = try ServedCloud(
      try Self.clouds(), clock: .followingRequests, seed: 1,
      journal: try CloudJournal(path: folder.path("cloud.jsonl")), wall: { .epoch })
    for code in ["example-code", "wrong-code"] {
      let request = HTTPRequest(
        method: .get, scheme: "https", authority: "crm.example.com", path: "/rest/\(code)/user")
      _ = try await served.answer(request, body: [])
    }
    try await served.close()
    let lines = try folder.text("cloud.jsonl").split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.contains(#""path":"/rest/<secret>/user""#) }, "\(lines)")
    #expect(lines.first?.contains(#""status":200"#) == true && lines.last?.contains(#""status":401"#) == true)
    #expect(lines.allSatisfy { !$0.contains("example-code") && !$0.contains("wrong-code") })
  }

  @Test func whoOpensARecordsPageLeavesNoPasswordInTheJournal() async throws {
    let folder = try TemporaryDirectory()
    var contents = CloudContents()
    contents.vtiger = VtigerCloudData(
      address: "https://crm.example.com", users: [.init(userName: "admin", accessKey: Secret("exampleKey000001"))])
    let served = try ServedCloud(
      try CRMClouds(contents, seed: 1), clock: .followingRequests, seed: 1,
      journal: try CloudJournal(path: folder.path("cloud.jsonl")), wall: { .epoch })
    var request = HTTPRequest(
      method: .get, scheme: "https", authority: "crm.example.com",
      path: "/index.php?module=Contacts&view=Detail&record=2")
    // admin:exampleKey000001
    let proof = "YWRtaW46ZXhhbXBsZUtleTAwMDAwMQ=="
    request.headerFields[.authorization] = "Basic " + proof
    let answer = try await served.answer(request, body: []).answer
    try await served.close()
    let journal = try folder.text("cloud.jsonl")
    #expect(answer?.response.status.code == 404 && journal.contains("record=2"))
    #expect(!journal.contains(proof) && !journal.contains("exampleKey000001"), "\(journal)")
  }
}
