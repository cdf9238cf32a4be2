import CRMConnectors
import HTTPTypes
import Primitives

extension CompatExpectation {
  /// Credentials go to the CRM and nowhere else.
  static let secrecy: [CompatExpectation] = [
    CompatExpectation("a credential in an address is named as one, and none is printed", [anna]) { bench in
      let client = bench.addClient()
      let caller = bench.lookUp(anna.numbers[0], in: [.contacts], by: client)?.record
      _ = bench.lookUp("+493077730", in: [.contacts], addingTo: .contacts, by: client)
      let call = bench.call(.inbound, anna.numbers[0], about: caller, talkSeconds: 5)
      _ = bench.log(call, by: client)
      let secrets = bench.subject.user(.first).credentials.secrets.map(\.value).filter { !$0.isEmpty }
      bench.expect(!secrets.isEmpty, "the user has no secrets to look for")
      for request in bench.requests {
        let printed = "\(request) \(String(reflecting: request))"
        bench.expect(!secrets.contains { printed.contains($0) }, "a request for \(request.purpose) prints a credential")
        let shown = request.query.filter { !request.secretFields.contains($0.name) }
        for parameter in shown where secrets.contains(where: { parameter.value.contains($0) }) {
          bench.expect(false, "\(parameter.name) in an address holds a credential and is not named as one")
        }
      }
    }
  ]
}

extension CRMRequest {
  /// Names and values of the address's query, percent-encoding undone.
  fileprivate var query: [(name: String, value: String)] {
    let halves = (request.path ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count > 1 else { return [] }
    return halves[1].split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        PercentEncoding.decode(Array($0.utf8))
      }
      return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }
  }
}

extension CRMCredentials {
  fileprivate var secrets: [Secret] {
    switch self {
    case .zohoV1(let entered): [entered.securityToken]
    case .zohoV2(let entered): [entered.clientSecret, entered.refreshToken]
    case .vtiger(let entered), .sugarCRM(let entered): [entered.password]
    case .salesforce(.password(let entered, let token)): [entered.password, token]
    case .salesforce(.oauth(_, let clientSecret, let refreshToken)): [clientSecret, refreshToken]
    case .described(let entered): Array(entered.parameters.values)
    }
  }
}
