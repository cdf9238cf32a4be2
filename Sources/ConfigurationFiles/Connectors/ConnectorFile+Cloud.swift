public import CRMCloud
public import CRMConnectors
import JSON

extension ConnectorFile {
  /// The cloud that the examples make: for each user the requests of the description with that user's credentials.
  ///
  /// - Parameters:
  ///   - users: what they entered; none for the parameters of the examples.
  ///   - serverAddress: the site's own; empty for the description's.
  public func cloud(
    for users: [DescribedCredentials] = [], serverAddress: String = ""
  ) throws(ConnectorSettingsError) -> DescribedCloudContents {
    let address = serverAddress.isEmpty && description.server == nil ? "https://crm.example.com" : serverAddress
    var hosts: [String] = []
    var endpoints: [DescribedEndpoint] = []
    for user in users.isEmpty ? [exampleParameters] : users {
      let trial = try ConnectorTrial(description, credentials: user, serverAddress: address)
      let patterns = DescribedPatterns(trial: trial, description: description)
      for host in patterns.hosts where !hosts.contains(host) { hosts.append(host) }
      for endpoint in DescribedEndpoints(file: self, patterns: patterns).all where !endpoints.contains(endpoint) {
        endpoints.append(endpoint)
      }
    }
    var contents = DescribedCloudContents(
      name: description.name, hosts: hosts,
      refusal: answer { Self.isFailure($0, .sessionRefused) } ?? DescribedAnswer(status: 401, json: .object([])),
      throttle: answer { Self.isFailure($0, .throttled) } ?? DescribedAnswer(status: 429, json: .object([])))
    contents.endpoints = endpoints
    contents.records = records
    return contents
  }

  /// The first example's answer of such an outcome.
  func answer(
    to operation: ConnectorTrial.Operation? = nil, in table: CRMTable? = nil,
    where isMeant: (ConnectorTrial.Outcome) -> Bool
  ) -> DescribedAnswer? {
    let example = examples.first { example in
      (operation.map { $0 == example.operation } ?? true) && (table.map { $0 == example.table } ?? true)
        && isMeant(example.outcome)
    }
    return example.map { DescribedAnswer(status: $0.answer.status, json: $0.answer.json, text: $0.answer.text) }
  }

  private static func isFailure(_ outcome: ConnectorTrial.Outcome, _ meaning: DescribedOutcome.Meaning) -> Bool {
    if case .failed(meaning, _) = outcome { true } else { false }
  }

  /// The records that the examples' answers hold, each once.
  private var records: [String: [JSONValue]] {
    var records: [String: [JSONValue]] = [:]
    var seen: Set<String> = []
    for example in examples {
      guard case .found = example.outcome, let json = example.answer.json else { continue }
      let search: DescribedSearch? =
        switch example.operation {
        case .lookup: description.lookup[example.table]
        case .find: description.find[example.table]
        case .login, .create, .reportCall, .findCall, .link: nil
        }
      guard let search else { continue }
      for record in search.found.values(in: json).first?.array ?? [] {
        let id = search.id.values(in: record).first?.bytes() ?? []
        let key = example.table.rawValue + String(decoding: id, as: UTF8.self)
        if seen.insert(key).inserted { records[example.table.rawValue, default: []].append(record) }
      }
    }
    return records
  }
}
