public import ApplianceAPI
public import ApplianceWeb
public import HTTPTypes
public import Primitives
import SimulationRuntime

/// A live appliance and its doors at work: one request after the other.
public actor ServedAppliance {
  /// What is behind the doors.
  public nonisolated let live: LiveAppliance
  /// The model beside it, and what their rows are held against one another by; nil for none.
  private nonisolated let beside: (live: LiveAppliance, rows: RowPairing)?
  private var doors: ApplianceDoors
  private var web: WebInterface?
  private let crm: CRMBackOffice?
  private let log: RequestLog?
  nonisolated let wall: @Sendable () -> Instant
  private nonisolated let counters = DoorCounters()
  private nonisolated let passwordChecks: PasswordChecks

  /// - Parameters:
  ///   - beside: another model that takes the same traffic, for the web interface.
  ///   - crm: what the CRM pages bring about; nil for nothing.
  ///   - signInsWaitingMax: sign-ins whose passwords wait to be compared; further ones are turned away.
  ///   - wall: the machine's clock, by which sessions live.
  public init(
    _ live: LiveAppliance, beside: (live: LiveAppliance, rows: RowPairing)? = nil, doors: ApplianceDoors,
    web: WebInterface? = nil, crm: CRMBackOffice? = nil, log: RequestLog? = nil, signInsWaitingMax: Int = 32,
    wall: @escaping @Sendable () -> Instant
  ) {
    self.live = live
    self.beside = beside
    self.doors = doors
    self.web = web
    self.crm = crm
    passwordChecks = PasswordChecks(waitingMax: signInsWaitingMax)
    self.log = log
    self.wall = wall
  }

  /// Answers one request, and writes it down without its parameters.
  public func respond(
    to request: HTTPRequest, body: [UInt8], at door: ApplianceDoors.Door, from client: IPAddress?
  ) async -> DoorAnswer {
    live.pace.release()
    let start = wall()
    let pages = doors.crm
    var answer = doors.respond(to: request, body: body, at: door, from: client, now: start, of: live.view)
    if request.method == .head { answer.body = [] }
    let took = wall() - start
    counters.note(door, answer, took: took)
    log?.append(
      RequestLog.Entry(
        time: start, door: door, client: client, note: answer.note, status: answer.response.status.code,
        bytes: answer.body.count, took: took))
    await followUp(on: pages)
    return answer
  }

  /// The answer of the web interface, whose wishes for the trace's clock are fulfilled; nil where it has none.
  public func answer(
    _ request: HTTPRequest, body: [UInt8], from client: IPAddress?
  ) async -> PageAnswer? {
    let pages = doors.crm
    guard
      let answer = web?.respond(
        to: request, body: body, from: client, now: wall(), doors: &doors, of: live.view,
        beside: beside.map { BesideState(state: $0.live.view, comparison: $0.rows.comparison) })
    else { return nil }
    if let check = answer.check {
      let isRight = await passwordChecks.isRight(check)
      let finished = web?.finish(check, isRight: isRight, from: client, now: wall(), doors: &doors)
      return finished.map { PageAnswer($0.response, $0.body) }
    }
    if let command = answer.command { live.pace.carryOut(command) }
    if let number = answer.repeats, let request = live.request(numbered: number) {
      await live.place(.repeatRequest(request, number: number))?.wait()
    } else {
      await followUp(on: pages)
    }
    if let rows = answer.rows {
      let shown = answer.isOfBeside ? beside?.live ?? live : live
      do throws(CDRRequest.Refusal) {
        return PageAnswer(answer.response, [], export: try CDRExport(rows, of: shown.rows))
      } catch { return PageAnswer(HTTPResponse(status: .badRequest), []) }
    }
    return PageAnswer(answer.response, request.method == .head ? [] : answer.body)
  }

  /// Keeps what was saved on the CRM pages since they were `former`, and has the replay go on by what is in force.
  private func followUp(on former: CRMPages) async {
    guard let crm, doors.crm != former else { return }
    crm.keep(doors.crm)
    guard doors.crm.inForce != former.inForce, let change = crm.change(doors.crm.inForce) else { return }
    await live.place(.apply(change))?.wait()
  }

  /// What a client of the push channel gets for one text, and what there is to notice; nil ends its connection.
  func receive(
    _ text: [UInt8], _ session: LiveEventSession, from client: IPAddress?
  ) -> (session: LiveEventSession, texts: [String])? {
    live.pace.release()
    var session = session
    guard let answer = session.receive(text, at: &doors, from: client, now: wall()) else { return nil }
    return (session, [answer])
  }

  /// Whether the replay goes on or has ended as it should, in a word.
  nonisolated var health: String {
    live.isFinished ? "finished" : live.view.isStarted ? "replaying" : "waiting"
  }

  /// Counters and gauges in the format of Prometheus.
  public func metrics() -> String {
    var text = MetricsText()
    counters.append(to: &text)
    text.gauge("ucmsim_api_sessions", "Sessions that are open.", doors.sessionCount(now: wall()))
    live.view.append(to: &text)
    return text.text
  }

  func close() { log?.close() }
}

extension ServedAppliance: ApplianceWebPages {}

extension LiveView {
  var isStarted: Bool { state.bootedAt != nil }

  func append(to text: inout MetricsText) {
    text.gauge("ucmsim_replay_finished", "1 once the traces are at their end.", appliance.isFinished ? 1 : 0)
    text.gauge("ucmsim_replay_clock_seconds", "The trace's clock, since 1970.", now.seconds)
    text.gauge("ucmsim_registered_extensions", "Extensions with a contact.", state.registered)
    text.gauge("ucmsim_calls_up", "Calls that are up.", state.calls.count)
    for (name, help, count) in [
      ("ucmsim_calls_total", "Calls that took a place.", state.counts.calls),
      ("ucmsim_calls_refused_total", "Calls for which there was no place.", state.counts.refused),
      ("ucmsim_cdr_rows_total", "CDR rows written.", state.counts.rows),
      ("ucmsim_crm_exchanges_total", "Requests to the CRM with their answers.", state.counts.exchanges),
      ("ucmsim_system_events_total", "System events.", state.counts.systemEvents),
    ] {
      text.family(name, "counter", help)
      text.sample(name, [], count)
    }
    text.family("ucmsim_resource_in_use", "gauge", "What is in use against the model's limits.")
    for limit in limits { text.sample("ucmsim_resource_in_use", [("resource", limit.name)], limit.inUse) }
    text.family("ucmsim_resource_limit", "gauge", "The model's limits, as far as they are known.")
    for limit in limits {
      if let most = limit.limit { text.sample("ucmsim_resource_limit", [("resource", limit.name)], most) }
    }
  }
}
