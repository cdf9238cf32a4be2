// Looks callers up through the appliance's client of Zoho v2 and v1, in this process, and prints what that cost.
//
//   benchmark-lookups CONTACTS LOOKUPS [paper]
//
// Each lookup is one question, asked of Contacts and answered with a hit; nothing is cached. With `paper` the answers
// are one made beforehand, so that the clients alone are measured.
import CRMCloud
import CRMConnectors
import Glibc
import HTTPTypes
import Primitives

/// CPU seconds of this process so far.
func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func number(_ index: Int) -> String { "+4930" + String(1_000_000 + index) }

/// A cloud with so many contacts, each with the number of its position.
func cloud(contacts: Int) throws -> ZohoCloud {
  var settings = ZohoCloudSettings()
  settings.era = .y2018
  settings.enforcesAPILimits = false
  let people = (0..<contacts).map {
    ZohoCloudData.Contact(firstName: "Caller", lastName: "Number \($0)", phone: number($0), accountName: "Company")
  }
  let data = ZohoCloudData(
    organisations: [.init(users: [.init(fullName: "Ann Owner", authTokens: [Secret("token")])], contacts: people)],
    clients: [
      .init(
        id: "1000.A", secret: Secret("secret"),
        refreshTokens: [.init(token: Secret("1000.refresh"), scopes: ["ZohoCRM.modules.ALL"])])
    ])
  return try ZohoCloud(data: data, settings: settings, seed: 1)
}

struct Lookups {
  var cloud: ZohoCloud
  var connector: any CRMConnector
  /// Sent instead of the cloud's answers once there is one.
  var paper: [UInt8]?
  var isOnPaper = false
  var hits = 0
  let now = Instant(seconds: 1_525_000_000)

  mutating func carryOut(_ outputs: [ConnectorOutput]) {
    for output in outputs {
      switch output {
      case .send(let request):
        let answer: CRMAnswer
        if let paper, request.purpose == .search {
          answer = .response(HTTPResponse(status: .ok), body: paper)
        } else {
          let reply = cloud.respond(to: request.request, body: request.body, at: now)
          if isOnPaper, request.purpose == .search { paper = reply.body }
          answer = .response(reply.response, body: reply.body)
        }
        carryOut(connector.receive(answer, for: request.id, at: now))
      case .lookedUp(_, let outcome): if outcome.record != nil { hits += 1 }
      case .logged, .loginStatus: break
      }
    }
  }

  mutating func run(_ count: Int, contacts: Int) -> Double {
    carryOut(connector.logIn(at: now))
    let start = cpuSeconds()
    for index in 0..<count {
      let question = LookupQuestion(
        id: .init(rawValue: index), number: number(isOnPaper ? 0 : index &* 7919 % contacts), tables: [.contacts],
        addUnknownTo: nil)
      carryOut(connector.lookUp(question, at: now))
    }
    return cpuSeconds() - start
  }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3, let contacts = Int(arguments[1]), let count = Int(arguments[2]), contacts > 0, count > 0 else {
  print("usage: benchmark-lookups CONTACTS LOOKUPS [paper]")
  exit(2)
}
let world = try cloud(contacts: contacts)
let v2 = try ZohoV2Connector(
  serverAddress: "https://www.zohoapis.com",
  credentials: .init(clientID: "1000.A", clientSecret: Secret("secret"), refreshToken: Secret("1000.refresh")))
let v1 = try ZohoV1Connector(
  serverAddress: "https://crm.zoho.com", credentials: .init(securityToken: Secret("token")))
for (name, connector) in [("zoho-v2", v2), ("zoho-v1", v1)] as [(String, any CRMConnector)] {
  var lookups = Lookups(cloud: world, connector: connector, isOnPaper: arguments.count > 3)
  let seconds = lookups.run(count, contacts: contacts)
  print("\(name) \(lookups.hits) \(seconds) \(Int(Double(count) / max(seconds, 1e-9)))")
}
