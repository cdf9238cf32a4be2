import JSON
import Primitives

/// `queueapi`: what became of calls of queues, and what their agents did.
extension ApplianceDoors {
  /// The kinds of `statisticsType`. `calldetail` and `loginhistory` were observed; `overview`, which is also what a
  /// client gets that says no kind (observed), and `pausedhistory` are recalled from the vendor's guide.
  private enum QueueStatistics: String {
    case overview, calldetail, loginhistory, pausedhistory
  }

  /// As XML where the client says no `format` (observed); -19 for CSV, whose columns were not seen, and for a kind
  /// nobody has seen; -1 for a time that is none. A queue that there is not has no entries (assumed).
  func queueStatistics(_ parameters: APIParameters, of state: some ApplianceState) -> APIReply {
    let kind = parameters.text("statisticsType").flatMap { $0.isEmpty ? nil : $0 } ?? "overview"
    let format = parameters.text("format").flatMap { $0.isEmpty ? nil : $0.lowercased() } ?? "xml"
    guard let kind = QueueStatistics(rawValue: kind), let notation = QueueDocument.Notation(rawValue: format) else {
      return .failed(.unsupported)
    }
    guard let request = queueRequest(parameters, of: state) else { return .failed(.invalidParameters) }
    var document = QueueDocument()
    do throws(CDRRequest.Refusal) {
      switch kind {
      case .overview: document.entries = QueueOverview(try state.queueCalls(request)).entries(of: request)
      case .calldetail:
        document.entries = try state.queueCalls(request).map { Self.entry(of: $0, in: state.timeZone) }
      case .loginhistory:
        document.entries = try state.agentSpells(.loggedIn, request).map { spell in
          Self.entry(of: spell, of: state, times: ("login_data", "logoff_data", "online_time"))
        }
      case .pausedhistory:
        document.entries = try state.agentSpells(.paused, request).map { spell in
          Self.entry(of: spell, of: state, times: ("pause_data", "unpause_data", "pause_time"))
        }
      }
    } catch { return .failed(.databaseFailed) }
    return .document(document.bytes(notation), contentType: notation.contentType)
  }

  /// nil for a time that is none, and for a parameter that is no text.
  private func queueRequest(_ parameters: APIParameters, of state: some ApplianceState) -> QueueRequest? {
    for name in ["queue", "agent", "startTime", "endTime"] {
      guard parameters.text(name) != nil || parameters[name] ?? .null == .null else { return nil }
    }
    var request = QueueRequest()
    request.queues = Self.list(parameters.text("queue"))
    request.agents = Self.list(parameters.text("agent"))
    let reader = cdrRequestReader(at: .httpsAPI, of: state, recordsMax: settings.cdrRecordsMax)
    if let text = parameters.text("startTime"), !text.isEmpty {
      guard let time = reader.time(text) else { return nil }
      request.from = time.instant
    }
    if let text = parameters.text("endTime"), !text.isEmpty {
      guard let time = reader.time(text) else { return nil }
      request.before = time.end
    }
    return request
  }

  /// Members are those that a client shows (observed); times in the form of CDRs (assumed).
  private static func entry(of call: QueueCall, in zone: SiteTimeZone) -> QueueDocument.Entry {
    QueueDocument.Entry(
      .agent,
      [
        ("agent", call.agent ?? "NONE"), ("callernum", call.caller), ("connect", call.isConnected ? "yes" : "no"),
        ("extension", call.queue), ("queuechairman", ""), ("start_time", zone.local(call.start).text),
        ("talk_time", String(call.talkSeconds)), ("wait_time", String(call.waitSeconds)),
      ])
  }

  /// Members are those that a client of a 6202 reads (observed; it titles the columns `login_date`, `logoff_date`, and
  /// so on). Times are in the form of CDRs, how long it lasted in seconds, and what is not known is empty (assumed).
  private static func entry(
    of spell: AgentSpell, of state: some ApplianceState, times names: (begin: String, end: String, length: String)
  ) -> QueueDocument.Entry {
    // Of the times as they are told, which have whole seconds.
    let length = spell.begin.map { max(0, (spell.end ?? state.now).seconds - $0.seconds) }
    let text = { (instant: Instant?) in instant.map { state.timeZone.local($0).text } ?? "" }
    return QueueDocument.Entry(
      .agent,
      [
        ("queuechairman", ""), ("extension", spell.queue), ("agent", spell.agent), (names.begin, text(spell.begin)),
        (names.end, text(spell.end)), (names.length, length.map { String($0) } ?? ""),
      ])
  }

  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").prefix(100).map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
  }
}
