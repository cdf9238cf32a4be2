import CRMCloud
import CRMConnectors
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// Which requests go out and which records exist afterwards, for every kind of call, caller, setting and token.
@Suite struct CRMTruthTableTests {
  enum Ending: CaseIterable { case answered, missed, busy, cancelled }
  enum Caller: CaseIterable { case known, unknown, ambiguous }

  struct Row: CustomTestStringConvertible, Sendable {
    let system: CRMSystem
    let isInbound: Bool
    let ending: Ending
    let caller: Caller
    let adds: Bool
    let isEnabled: Bool
    let token: PaperZoho.TokenState

    var testDescription: String {
      "\(system.rawValue) \(isInbound ? "in" : "out") \(ending) \(caller) add \(adds) enabled \(isEnabled) \(token)"
    }
  }

  static let number = "+493055501"

  static func rows(of system: CRMSystem) -> [Row] {
    var rows: [Row] = []
    for isInbound in [true, false] {
      for ending in Ending.allCases {
        for caller in Caller.allCases {
          for adds in [true, false] {
            for isEnabled in [true, false] {
              for token in PaperZoho.TokenState.allCases {
                rows.append(
                  Row(
                    system: system, isInbound: isInbound, ending: ending, caller: caller, adds: adds,
                    isEnabled: isEnabled, token: token))
              }
            }
          }
        }
      }
    }
    return rows
  }

  static func call(_ row: Row) -> [Dialogue] {
    let caller: Dialogue
    let callee: Dialogue
    if row.isInbound {
      caller = Dialogue(from: "\(number)@198.51.100.1", to: "+4930000010@192.0.2.2", callID: "a").invite(at: 5)
      callee = Dialogue(from: "\(number)@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 5.1)
    } else {
      caller = Dialogue(from: "1001@192.0.2.101", to: "9\(number)@192.0.2.2", callID: "a").invite(at: 5)
      callee = Dialogue(from: "1001@192.0.2.2", to: "\(number)@198.51.100.1", callID: "b").invite(at: 5.1)
    }
    switch row.ending {
    case .answered: return [caller.ok(at: 8).bye(at: 15), callee.ringing(at: 5.5).ok(at: 8).bye(at: 15)]
    case .missed: return [caller.refuse(480, at: 15), callee.ringing(at: 5.5).refuse(480, at: 15)]
    case .busy: return [caller.refuse(486, at: 6), callee.refuse(486, at: 6)]
    case .cancelled:
      return [
        caller.cancel(at: 9).refuse(487, at: 9), callee.ringing(at: 5.5).cancel(at: 9).refuse(487, at: 9),
      ]
    }
  }

  static func zoho(_ row: Row) -> PaperZoho {
    var zoho = PaperZoho()
    zoho.token = row.token
    let first = row.system == .zohoV1 ? "Last Name" : "Last_Name"
    _ = zoho.add("Contacts", [first: "Somebody Else", "Phone": "+49 30 99999"])
    switch row.caller {
    case .known: _ = zoho.add("Contacts", [first: "Anna", "Phone": "+49 30 555-01"])
    case .ambiguous:
      _ = zoho.add("Contacts", [first: "Anna", "Phone": "+49 30 555-01"])
      _ = zoho.add("Contacts", [first: "Annas Office", "Phone": "030 55501"])
    case .unknown: break
    }
    return zoho
  }

  /// What a row leads to, put down independently of how the clients go about it.
  static func requests(_ row: Row) -> [String] {
    guard row.isEnabled else { return [] }
    let isV1 = row.system == .zohoV1
    let login = isV1 ? "login POST /crm/private/json/Info/getModules" : "token POST /oauth/v2/token"
    guard row.token != .revoked else { return [login] }
    func search(_ module: String) -> String {
      isV1 ? "search POST /crm/private/json/\(module)/searchRecords" : "search GET /crm/v2/\(module)/search"
    }
    func insert(_ purpose: String, _ module: String) -> String {
      "\(purpose) POST " + (isV1 ? "/crm/private/json/\(module)/insertRecords" : "/crm/v2/\(module)")
    }
    var requests = [login, search("Contacts")]
    let log = insert("logCall", "Calls")
    if row.token == .scopeTooNarrow { return requests + [log] }
    if row.token == .expired, !isV1 { requests += [login, search("Contacts")] }
    if row.caller == .unknown {
      requests.append(search("Leads"))
      if row.adds, row.isInbound { requests.append(insert("create", "Leads")) }
    }
    return requests + [log]
  }

  static func check(_ row: Row) throws {
    let before = zoho(row)
    var bench = try CRMBench.make(row.system, before, add: row.adds ? .leads : nil, isEnabled: row.isEnabled)
    try bench.play(call(row))
    bench.finishRun(at: 200)
    let after = bench.zoho
    #expect(after.journal == requests(row))

    let works = row.isEnabled && (row.token == .good || row.token == .expired)
    let isAdded = works && row.caller == .unknown && row.adds && row.isInbound
    #expect(after.records["Contacts"] == before.records["Contacts"])
    #expect(after.texts("Leads", "Phone") == (isAdded ? [number] : []))
    let calls = after.records["Calls"] ?? []
    #expect(calls.count == (works ? 1 : 0))
    #expect(bench.appliance.tally.callsLogged == calls.count)
    guard let record = calls.first?.fields else { return }
    let isV1 = row.system == .zohoV1
    let type = !row.isInbound ? "Outbound" : row.ending == .answered ? "Inbound" : "Missed"
    #expect(record[isV1 ? "Call Type" : "Call_Type"] == type)
    let contact = row.caller == .unknown ? nil : after.records["Contacts"]?[1].id
    #expect(record[isV1 ? "CONTACTID" : "Who_Id"] == contact)
    let lead = isAdded ? after.records["Leads"]?.first?.id : nil
    #expect(record[isV1 ? "SEID" : "What_Id"] == lead)
    #expect(record[isV1 ? "SEMODULE" : "$se_module"] == (isAdded ? "Leads" : nil))
    #expect(record["Description"]?.hasSuffix("[ucmsim call 1790000005.1]") == true)
  }

  @Test("Seed row 1: lookup and call log of every kind of call, version 2", arguments: rows(of: .zohoV2))
  func everyRowOfVersionTwo(row: Row) throws { try Self.check(row) }

  @Test("Seed row 1: lookup and call log of every kind of call, version 1", arguments: rows(of: .zohoV1))
  func everyRowOfVersionOne(row: Row) throws { try Self.check(row) }

  /// The same against the simulator's own cloud, for what it can be set to.
  @Test(
    arguments: (rows(of: .zohoV2) + rows(of: .zohoV1)).filter { $0.system == .zohoV2 || $0.token != .scopeTooNarrow })
  func everyRowAgainstTheCloud(row: Row) throws {
    var bench = try CRMBench.make(
      row.system, try CloudOffice(row), add: row.adds ? .leads : nil, users: [["1001", "1002"]],
      isEnabled: row.isEnabled)
    try bench.play(Self.call(row))
    bench.finishRun(at: 200)
    let office = try #require(bench.crm as? CloudOffice)
    // A token that always ends at once is renewed for each request.
    if row.token != .expired { #expect(office.journal == Self.requests(row)) }
    let works = row.isEnabled && (row.token == .good || row.token == .expired)
    let isAdded = works && row.caller == .unknown && row.adds && row.isInbound
    #expect(office.cloud.records(in: .leads).map { $0.text("Phone") } == (isAdded ? [Self.number] : []))
    let calls = office.cloud.callsLogged
    #expect(calls.count == (works ? 1 : 0))
    guard let call = calls.first else { return }
    #expect(call.text("Call_Type") == (!row.isInbound ? "Outbound" : row.ending == .answered ? "Inbound" : "Missed"))
    let contact = row.caller == .unknown ? nil : office.cloud.records(in: .contacts)[1].id
    #expect(call.text("Who_Id") == contact)
    #expect(call.text("What_Id") == (isAdded ? office.cloud.records(in: .leads).first?.id : nil))
  }
}
