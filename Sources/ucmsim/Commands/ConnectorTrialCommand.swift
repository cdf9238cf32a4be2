import ArgumentParser
import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import SimulationRuntime

extension ConnectorCommand {
  /// `ucmsim connector try`: one call through a connector.
  struct Trial: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "try",
      abstract: "Look a number up through a connector, and print each request, answer and outcome.",
      discussion: """
        The cloud that the file's examples make answers, with the examples' parameters; with --crm-url or --real a \
        server does, and then the parameters have to be given. Secrets are not shown; answers of a real server hold \
        its people's data.

        Exit codes: 0 done, 1 the lookup or the record failed, 2 wrong usage, 3 unusable file.
        """)

    @Argument(help: ArgumentHelp("Connector's file (YAML).", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The number to look up.", valueName: "number"))
    var number: String

    @Option(
      help: ArgumentHelp("Table to look it up in, repeatable; otherwise every one described.", valueName: "table"))
    var table: [TableChoice] = []

    @Option(help: ArgumentHelp("What a user enters, as name=value; repeatable.", valueName: "name=value"))
    var parameter: [String] = []

    @Option(help: ArgumentHelp("Add a number found nowhere to this table.", valueName: "table"))
    var create: TableChoice?

    @Flag(help: "Record an answered call of 72 s with the number.")
    var log = false

    @Flag(help: "Ask the server that the file names.")
    var real = false

    @Option(help: ArgumentHelp("The server's address, in place of the file's.", valueName: "url"))
    var server: String?

    @OptionGroup var transport: CRMTransportOptions

    enum TableChoice: String, CaseIterable, ExpressibleByArgument {
      case contacts, leads, accounts
      var table: CRMTable { CRMTable(rawValue: rawValue) ?? .contacts }
    }

    private var isReal: Bool { real || transport.usesHTTPS }

    func run() throws {
      let connector = try ConnectorText.read(file)
      let credentials = try credentials(connector)
      var trial: TrialRun
      do throws(ConnectorSettingsError) {
        let address = server ?? (connector.description.server == nil && !isReal ? "https://crm.example.com" : "")
        let client = try DescribedConnector(
          connector.description, credentials: credentials, serverAddress: address)
        let cloud = try connector.cloud(for: [cloudCredentials(connector, credentials)], serverAddress: address)
        trial = TrialRun(
          connector: client, backend: InProcessCloud(DescribedCloud(cloud, seed: 1)),
          secrets: connector.secrets(of: credentials), now: WallTime.now)
      } catch { throw Complaint("\(file): \(error.description)", .usage) }
      if isReal {
        var transport = transport
        if !transport.usesHTTPS { transport.transport = .https }
        trial.backend = try transport.httpsBackend()
      }
      let tables =
        table.isEmpty ? CRMTable.allCases.filter { connector.description.lookup[$0] != nil } : table.map(\.table)
      let found = trial.lookUp(number, tables, addingTo: create?.table)
      if log { trial.log(number, found?.record) }
      StandardOutput.shared.append(trial.text)
      try StandardOutput.shared.flush()
      if trial.hasFailed { throw Complaint("", .findings) }
    }

    /// The examples' own secrets, so that others are refused; the rest, as a domain, as given.
    private func cloudCredentials(_ connector: ConnectorFile, _ given: DescribedCredentials) -> DescribedCredentials {
      var credentials = isReal ? given : connector.exampleParameters
      for parameter in connector.description.parameters where parameter.kind != .secret {
        credentials.parameters[parameter.name] = given.parameters[parameter.name]
      }
      return credentials
    }

    private func credentials(_ connector: ConnectorFile) throws -> DescribedCredentials {
      // The examples' own stand for what is not given, but never before a real server.
      var values = isReal ? [:] : connector.exampleParameters.parameters
      for given in parameter {
        let halves = given.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2 else { throw ValidationError("--parameter takes name=value.") }
        values[String(halves[0])] = Secret(String(halves[1]))
      }
      let credentials = DescribedCredentials(parameters: values)
      if let fault = connector.description.faults(of: credentials).first {
        throw Complaint("\(fault.description); give it with --parameter name=value", .usage)
      }
      return credentials
    }
  }
}

/// One client's conversation, written down.
struct TrialRun {
  var connector: DescribedConnector
  var backend: any CRMBackend
  let secrets: HiddenTexts
  let now: Instant
  private(set) var text = ""
  private(set) var hasFailed = false

  init(connector: DescribedConnector, backend: any CRMBackend, secrets: HiddenTexts, now: Instant) {
    self.connector = connector
    self.backend = backend
    self.secrets = secrets
    self.now = now
  }

  mutating func lookUp(_ number: String, _ tables: [CRMTable], addingTo table: CRMTable?) -> LookupOutcome? {
    let question = LookupQuestion(id: .init(rawValue: 1), number: number, tables: tables, addUnknownTo: table)
    var outcome: LookupOutcome?
    for case .lookedUp(_, let answer) in run(connector.lookUp(question, at: now)) { outcome = answer }
    text += "lookup: \(words(outcome))\n"
    return outcome
  }

  mutating func log(_ number: String, _ record: CRMRecordReference?) {
    let call = CallLogEntry(
      id: .init(rawValue: 1), direction: .inbound, number: number, record: record, agentExtension: "1001", start: now,
      utcOffsetSeconds: 0, talkSeconds: 72, mark: "\(now.seconds).1")
    for case .logged(_, let outcome) in run(connector.log(call, at: now)) {
      switch outcome {
      case .logged(let id): text += "record of the call: \(id)\n"
      case .failed(let failure), .postponed(let failure, _):
        hasFailed = true
        text += "record of the call: failed, \(words(failure))\n"
      }
    }
  }

  private mutating func run(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    var results: [ConnectorOutput] = []
    var queue = outputs[...]
    while !Interrupt.wasRequested, let output = queue.popFirst() {
      guard case .send(let request) = output else {
        results.append(output)
        if case .loginStatus(.loggedOut(let reason, let failure)) = output {
          text += "logged out: \(reason.words) (\(words(failure)))\n"
        }
        continue
      }
      let answer = backend.begin(request, at: now).answer()
      show(request, answer)
      queue += connector.receive(answer, for: request.id, at: now)
    }
    return results
  }

  private mutating func show(_ request: CRMRequest, _ answer: CRMAnswer) {
    let sent = TrialRequest(request)
    text += "\(request.purpose.rawValue): \(sent.method) \(secrets.hiding(sent.server + sent.target))\n"
    // What goes for a token and comes of it is secret as a whole.
    let isSecret = if case .token = request.purpose { true } else { false }
    if !request.body.isEmpty, !isSecret { text += "  " + secrets.hiding(Self.line(request.body)) + "\n" }
    switch answer {
    case .unreachable(let reason): text += "  no answer: \(reason.rawValue)\n"
    case .response(_, let body):
      text += "  \(answer.status ?? 0)" + (isSecret || body.isEmpty ? "" : " " + secrets.hiding(Self.line(body))) + "\n"
    }
  }

  private static func line(_ body: [UInt8]) -> String {
    let text = String(decoding: body.prefix(2000), as: UTF8.self)
    return String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
  }

  private mutating func words(_ outcome: LookupOutcome?) -> String {
    switch outcome {
    case .found(let record): return "found in \(record.table.rawValue): \(record.id), \(record.name)"
    case .ambiguous(let record, let count):
      return "\(count) records have it" + (record.map { ", the first is \($0.id), \($0.name)" } ?? "")
    case .missed: return "missed"
    case .added(let record): return "added to \(record.table.rawValue): \(record.id)"
    case .failed(let failure):
      hasFailed = true
      return "failed, " + words(failure)
    case nil:
      hasFailed = true
      return "interrupted"
    }
  }

  private func words(_ failure: CRMFailure) -> String {
    failure.code + (failure.status.map { ", status \($0)" } ?? "")
  }
}
