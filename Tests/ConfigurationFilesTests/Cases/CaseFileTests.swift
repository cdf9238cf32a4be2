import Cases
import ConfigurationFiles
import Testing

@Suite struct CaseFileTests {
  private var vocabulary: CaseVocabulary {
    var vocabulary = CaseVocabulary()
    vocabulary.models = ["UCM6202", "UCM6304"]
    vocabulary.firmwares = ["2017", "2021"]
    vocabulary.limits = ["concurrentCalls", "users"]
    vocabulary.resources = ["concurrentCalls", "users"]
    vocabulary.traits = ["cdrSchema"]
    vocabulary.assumptions = ["pbxInferred", "crmLatency"]
    return vocabulary
  }

  private func read(_ text: String) throws(ConfigurationErrors) -> TestCase {
    try CaseFile.read(text: text, path: "case.yaml", name: "cases/a", vocabulary: vocabulary)
  }

  @Test func addressesOfThePBXAreAsTheOptionTakesThem() throws {
    let result = try read(
      """
      traces: [a.pcap]
      model: UCM6304
      pbx: [192.0.2.1, "192.0.2.1:5080", "2001:db8::1"]
      expect: {calls: {total: 1}}
      """)
    #expect(result.pbx == ["192.0.2.1", "192.0.2.1:5080", "2001:db8::1"])
  }

  @Test func aCaseOfEverythingIsRead() throws {
    let result = try read(
      """
      name: monday
      claim: it holds
      traces: [a.pcap, ../b.pcap]
      site: site.yaml
      pbx: [192.0.2.1]
      matrix:
        models: [ucm6202, UCM6304]
        firmwares: ["2021"]
        crms:
          - none
          - {system: zoho-v2, data: crm.yaml, faults: f.yaml, latencyMilliseconds: 5}
          - {name: other, system: zoho-v2}
      capabilities: {users: ">= 40", cdrSchema: [fields32, fields43]}
      seed: 7
      expect:
        cdr:
          - where: {src: 1001, dst: {like: "10??"}, billsec: {between: [1, 3]}, clid: {is: ">= 3"}}
            count: 2
        events: [{where: {event: callEnded, disposition: {not: BUSY}}}]
        crm: [{where: {purpose: search, query.phone: "1", body.data.0.x: y}, count: ">= 1"}]
        display: [{count: 0}]
        systemEvents: [{where: {name: a}}]
        calls: {total: 1, NO ANSWER: 0, Inbound: "> 0"}
        registrations: {added: 1}
        lookups: {hit: 1}
        callLogs: {logged: 1}
        ledger: {concurrentCalls: {peak: 1, refused: 0}}
        account: {framesThatMayHideMessages: 0, fates: {message: 3}, onlyFates: [message], brokenTraces: 0}
        assumptions: {leanedOn: [pbxInferred], notLeanedOn: [crmLatency]}
        order: {cdr: [{src: 1}, {src: 2}]}
        nothingUnexpected: true
        golden: {format: 1, recordedBy: 0.1.0, files: [cdr.csv, crm.jsonl]}
      """)
    #expect(result.name == "monday" && result.traces.map(\.path) == ["a.pcap", "../b.pcap"])
    #expect(result.models.map(\.name) == ["UCM6202", "UCM6304"] && result.hasMatrix)
    #expect(result.crms.map(\.name) == ["none", "zoho-v2", "other"])
    #expect(result.golden?.files == [.csv, .exchanges])
    let labels = result.expectations.map(\.label)
    #expect(labels.contains("cdr[0]") && labels.contains("calls.NO ANSWER"))
    #expect(labels.filter { $0.hasPrefix("nothingUnexpected") }.count == 5)
    guard case .records(_, let fields, let count) = try #require(result.expectations.first).claim else {
      Issue.record("the first is about rows")
      return
    }
    #expect(count == .exactly(2))
    let between = try #require(fields.first { $0.name == "billsec" }).matcher
    #expect(["1", "2.5", "3"].allSatisfy(between.matches))
    #expect(!["0", "4", "", "x"].contains(where: between.matches) && !between.matches(nil))
    #expect(try #require(fields.first { $0.name == "clid" }).matcher == .equals(">= 3"))
  }

  @Test func withoutACRMThereIsNone() throws {
    let result = try read("{traces: [a], model: UCM6202, expect: {calls: {total: 1}}}")
    #expect(result.crms.map(\.name) == ["none"] && result.crms.map(\.isNone) == [true])
    #expect(result.name == "cases/a")
  }

  private static let head = "traces: [a.pcap]\nmodel: UCM6202\n"

  private static let files: [(String, String)] = [
    (
      "trace: [a.pcap]\nmodel: UCM6202\nexpect: {calls: {total: 1}}", "1:1: unknown key `trace`; did you mean `traces`?"
    ),
    ("traces: []\nmodel: UCM6202\nexpect: {calls: {total: 1}}", "1:9: traces: no trace is named"),
    ("traces: [/etc/passwd]\nmodel: UCM6202\nexpect: {calls: {total: 1}}", "is no relative path"),
    ("traces: [a]\nexpect: {calls: {total: 1}}", "nothing says which model"),
    ("traces: [a]\nmodel: UCM6203\nexpect: {calls: {total: 1}}", "2:8: model: unknown model `UCM6203`; did you mean"),
    ("traces: [a]\nmodel: UCM6202\nfirmware: 2020\nexpect: {calls: {total: 1}}", "unknown firmware `2020`"),
    (
      "traces: [a]\nmodel: UCM6202\nmatrix: {models: [UCM6304]}\nexpect: {calls: {total: 1}}",
      "keep one of `model` and `matrix.models`"
    ),
    (
      "traces: [a]\nmatrix: {models: [UCM6304, ucm6304]}\nexpect: {calls: {total: 1}}",
      "the model `UCM6304` is named twice"
    ),
    (
      "traces: [a]\nmodel: UCM6202\nmatrix: {crms: [zoho-v2, {system: zoho-v2}]}\nexpect: {calls: {total: 1}}",
      "two CRMs of the matrix are called `zoho-v2`"
    ),
    ("traces: [a]\nmodel: UCM6202\ncrm: zoho\nexpect: {calls: {total: 1}}", "expected one of none, zoho-v1"),
    ("traces: [a]\ncapabilities: {calls: 3}\nexpect: {calls: {total: 1}}", "unknown capability `calls`"),
    ("traces: [a\nmodel: x", "case.yaml:2:"),
    ("", "the file is empty"),
    ("traces: &a [x]\nexpect: *a", "anchors (`&`) and aliases are not read"),
  ]
  private static let sections: [(String, String)] = [
    ("", "the key `expect` is missing"),
    ("expect: {}", "3:9: expect: nothing is expected"),
    ("expect: {cdr: []}", "nothing is expected, so the case proves nothing"),
    (
      "expect:\n  cdr: [{where: {sorc: 1}}]",
      "4:18: expect.cdr[0].where.sorc: unknown column `sorc`; did you mean `src`?"
    ),
    ("expect:\n  cdr: [{were: {src: 1}}]", "unknown key `were`; did you mean `where`?"),
    ("expect:\n  cdr: [{}]", "the expectation says nothing"),
    ("expect:\n  cdr: [{count: many}]", "`many` is no count"),
    ("expect:\n  cdr: [{count: -1}]", "`-1` is no count"),
    ("expect:\n  cdr: [{count: \">= 0\"}]", "any count is at least 0"),
    ("expect:\n  cdr: [{where: {src: {regex: \"(a+)+$\"}}}]", "unknown key `regex`; known keys: is, like"),
    ("expect:\n  cdr: [{where: {src: {like: a, is: b}}}]", "expected exactly one of is, like"),
    ("expect:\n  cdr: [{where: {src: []}}]", "the list is empty, so nothing can fit"),
    ("expect:\n  cdr: [{where: {src: {between: [3, 1]}}}]", "expected two numbers, the smaller first"),
    ("expect:\n  events: [{where: {event: callEnd}}]", "unknown event `callEnd`; did you mean `callEnded`?"),
    ("expect:\n  events: [{where: {event: display, billsec: 1}}]", "unknown field `billsec`"),
    ("expect:\n  crm: [{where: {url: x}}]", "unknown field `url`"),
    ("expect:\n  crm: [{where: {query.: x}}]", "unknown field `query.`"),
    ("expect:\n  display: [{where: {phone: 1}}]", "unknown field `phone`"),
    ("expect:\n  calls: {totl: 1}", "unknown number `totl`; did you mean `total`?"),
    ("expect:\n  ledger: {calls: {peak: 1}}", "unknown resource `calls`"),
    ("expect:\n  assumptions: [pbxInfered]", "unknown assumption `pbxInfered`; did you mean `pbxInferred`?"),
    ("expect:\n  order: {cdr: [{src: 1}]}", "an order has at least two elements"),
    ("expect:\n  nothingUnexpected: true", "nothing can be unexpected"),
    ("expect:\n  nothingUnexpected: [rows]", "expected one of cdr, events"),
    ("expect:\n  golden: {format: 1, files: []}", "nothing is compared"),
    ("expect:\n  golden: {format: 1, files: [cdr.xml]}", "expected one of cdr.csv"),
    ("expect:\n  golden: {files: [cdr.csv]}", "the key `format` is missing"),
  ]

  @Test(arguments: files)
  func mistakesAreToldWithTheirPlace(text: String, says: String) {
    let error = #expect(throws: ConfigurationErrors.self) { try read(text) }
    #expect(error?.description.hasPrefix("case.yaml:") == true)
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: sections)
  func mistakesInWhatIsExpectedAreToldWithTheirPlace(text: String, says: String) {
    mistakesAreToldWithTheirPlace(text: Self.head + text, says: says)
  }
}
