import CRMConnectors
import ConfigurationFiles
import Primitives

/// What `ucmsim connector check` prints: requests for each table and form, and what was left to defaults.
struct ConnectorCheckText {
  let connector: ConnectorFile
  let number: DialledNumber

  func text() throws(ConnectorSettingsError) -> String {
    let trial = try ConnectorTrial(
      connector.description, credentials: connector.exampleParameters,
      serverAddress: connector.description.server == nil ? "https://crm.example.com" : "")
    let secrets = connector.secrets
    var lines: [String] = []
    func show(_ operation: ConnectorTrial.Operation, _ table: CRMTable, _ sample: ConnectorSample, _ note: String = "")
    {
      guard let request = trial.request(operation, in: table, sample) else { return }
      let name = operation.isOfTable ? "\(operation.rawValue) \(table.rawValue)" : operation.rawValue
      lines.append("\(name)\(note): \(request.method) \(request.server)\(secrets.hiding(request.target))")
      if !request.body.isEmpty { lines.append("  " + secrets.hiding(String(decoding: request.body, as: UTF8.self))) }
    }
    show(.login, .contacts, .standard)
    var sample = ConnectorSample.standard
    for spelling in trial.spellings(of: number, NumberPlan()) {
      sample.number = spelling
      for table in CRMTable.allCases { show(.lookup, table, sample, " `\(spelling)`") }
    }
    sample.number = number.text
    for table in CRMTable.allCases {
      show(.create, table, sample)
      show(.find, table, sample)
    }
    for operation in [ConnectorTrial.Operation.reportCall, .findCall] { show(operation, .contacts, .standard) }
    let defaults = connector.defaults.map { "left to its default: \($0)" }
    return (lines + defaults).map { $0 + "\n" }.joined()
  }
}

/// Values that are not shown.
struct HiddenTexts {
  /// The longest first, so that no part of one is left.
  private let texts: [String]

  init(_ texts: [String]) {
    let encoded = texts.map(PercentEncoding.encode)
    self.texts = Set(texts + encoded).filter { !$0.isEmpty }.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  func hiding(_ text: String) -> String { texts.reduce(text) { $0.replacing($1, with: "<secret>") } }
}

extension ConnectorFile {
  /// The secrets among the examples' parameters.
  var secrets: HiddenTexts { secrets(of: exampleParameters) }

  /// The secrets among what was entered, and the token that trials are made with.
  func secrets(of entered: DescribedCredentials) -> HiddenTexts {
    let names = description.parameters.filter { $0.kind == .secret }.map(\.name)
    return HiddenTexts(names.compactMap { entered.parameters[$0]?.value } + [ConnectorTrial.sampleToken])
  }
}
