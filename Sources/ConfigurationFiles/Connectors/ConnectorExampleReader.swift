import CRMConnectors
public import JSON
import Primitives

/// An answer as an example writes it down.
public struct ExampleAnswer: Hashable, Sendable {
  /// Of the HTTP response.
  public var status: Int
  /// nil for a body that is no JSON.
  public var json: JSONValue?
  /// The body where it is no JSON.
  public var text: String

  /// As it goes over the wire.
  var body: [UInt8] { json?.bytes() ?? Array(text.utf8) }
}

/// `examples:` of a description, held against it.
struct ConnectorExampleReader {
  let description: ConnectorDescription

  func read(_ entry: Entry, into file: ConnectorFile) -> ConnectorFile {
    var file = file
    guard let mapping = entry.mapping(keys: ["parameters", "exchanges"]) else { return file }
    var values: [String: Secret] = [:]
    for item in mapping["parameters"]?.dictionary(of: "parameters and their values") ?? [] {
      if let value = item.value.secret() { values[item.key] = Secret(value) }
    }
    file.exampleParameters = DescribedCredentials(parameters: values)
    for fault in description.faults(of: file.exampleParameters) {
      (mapping["parameters"] ?? entry).report(fault.description)
    }
    guard entry.errors.summary == nil else { return file }
    let trial: ConnectorTrial
    do throws(ConnectorSettingsError) {
      trial = try ConnectorTrial(
        description, credentials: file.exampleParameters,
        serverAddress: description.server == nil ? "https://crm.example.com" : "")
    } catch {
      entry.report(error.description)
      return file
    }
    file.examples = mapping.list("exchanges").compactMap { example($0, trial) }
    return file
  }

  private func example(_ entry: Entry, _ trial: ConnectorTrial) -> ConnectorExample? {
    guard
      let mapping = entry.mapping(keys: ["name", "operation", "table", "given", "request", "answer", "outcome"]),
      let operation = mapping.required("operation")?.choice(of: ConnectorTrial.Operation.self)
    else { return nil }
    let name = mapping.required("name")?.text()
    var table = mapping["table"]?.choice(of: CRMTable.self)
    if operation.isOfTable, table == nil { table = mapping.required("table")?.choice(of: CRMTable.self) }
    if !operation.isOfTable {
      mapping["table"]?.report("`\(operation.rawValue)` is of no table", remedy: "leave it out")
    }
    let answer = mapping.required("answer").flatMap(self.answer)
    guard let name, let answer, table != nil || !operation.isOfTable else { return nil }
    guard description.has(operation, in: table ?? .contacts) else {
      entry.report("the description has no \(operation.rawValue) of this kind")
      return nil
    }
    let given = mapping["given"].map { ConnectorSampleReader().read($0) } ?? .standard
    if let expected = mapping["request"] {
      ExampleRequestCheck(entry: expected).hold(against: trial.request(operation, in: table ?? .contacts, given))
    }
    let outcome = trial.outcome(
      ofStatus: answer.status, body: answer.body, to: operation, in: table ?? .contacts)
    if let expected = mapping.required("outcome") { hold(outcome, against: expected) }
    return ConnectorExample(
      name: name, operation: operation, table: table ?? .contacts, answer: answer, outcome: outcome)
  }

  private func answer(_ entry: Entry) -> ExampleAnswer? {
    guard let mapping = entry.mapping(keys: ["status", "json", "text"]),
      let status = mapping.required("status")?.integer(in: 100...599)
    else { return nil }
    if mapping["json"] != nil { mapping["text"]?.report("stands beside `json`", remedy: "an answer has one body") }
    return ExampleAnswer(
      status: status, json: mapping["json"]?.json(), text: mapping["text"]?.text(maxLength: 10_000) ?? "")
  }

  /// `miss`, `found: [ids]`, `made: id`, `loggedIn`, `linked`, or what a failure is.
  private func hold(_ outcome: ConnectorTrial.Outcome, against entry: Entry) {
    let meanings = DescribedOutcome.Meaning.allCases.filter { $0 != .done && $0 != .miss }
    let (shown, expected): (String, ConnectorTrial.Outcome?)
    switch outcome {
    case .loggedIn: shown = "loggedIn"
    case .linked: shown = "linked"
    case .found(let ids): shown = ids.isEmpty ? "miss" : "found: [\(ids.joined(separator: ", "))]"
    case .made(let id): shown = "made: \(id)"
    case .failed(let meaning, let failure): shown = "\(meaning.rawValue) (\(failure.code))"
    }
    if case .mapping = entry.value.content {
      guard let mapping = entry.mapping(keys: ["found", "made"]) else { return }
      if let found = mapping["found"] {
        expected = .found(found.list(max: 100).compactMap { $0.identifier() })
      } else {
        expected = mapping["made"].flatMap { $0.identifier() }.map { .made($0) }
      }
      guard outcome != expected else { return }
    } else {
      guard let word = entry.choice(among: ["miss", "loggedIn", "linked"] + meanings.map(\.rawValue)) else { return }
      switch outcome {
      case .failed(let meaning, _): if meaning.rawValue == word { return }
      case .found, .made, .loggedIn, .linked: if shown == word { return }
      }
    }
    entry.report(
      "the description reads this answer as `\(Entry.shown(shown))`", remedy: "change the example or the description")
  }
}

extension Entry {
  /// A record's id, quoted or not.
  fileprivate func identifier() -> String? {
    guard case .scalar(let text, _) = value.content, !text.isEmpty else {
      report("expected an id, found \(value.kindName)")
      return nil
    }
    return text
  }
}
