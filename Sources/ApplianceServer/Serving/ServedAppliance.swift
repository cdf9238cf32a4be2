public import ApplianceAPI
public import ApplianceWeb
public import HTTPTypes
public import Primitives
public import SimulationRuntime

/// A live appliance and its doors at work: who asks is let in one after the other, what is only read is read by any
/// number at once.
public actor ServedAppliance {
  /// What is behind the doors.
  public nonisolated let live: LiveAppliance
  /// The model beside it, and what their rows are held against one another by; nil for none.
  private nonisolated let beside: (live: LiveAppliance, rows: RowPairing)?
  private var doors: ApplianceDoors
  private var web: WebInterface?
  private let crm: CRMBackOffice?
  private nonisolated let log: RequestLog?
  private let capture: CaptureMeter?
  nonisolated let wall: @Sendable () -> Instant
  private nonisolated let counters = DoorCounters()
  private nonisolated let passwordChecks: PasswordChecks

  /// - Parameters:
  ///   - beside: another model that takes the same traffic, for the web interface.
  ///   - crm: what the CRM pages bring about; nil for nothing.
  ///   - capture: how listening goes, where an interface is listened on.
  ///   - signInsWaitingMax: sign-ins whose passwords wait to be compared; further ones are turned away.
  ///   - wall: the machine's clock, by which sessions live.
  public init(
    _ live: LiveAppliance, beside: (live: LiveAppliance, rows: RowPairing)? = nil, doors: ApplianceDoors,
    web: WebInterface? = nil, crm: CRMBackOffice? = nil, log: RequestLog? = nil, capture: CaptureMeter? = nil,
    signInsWaitingMax: Int = 32, wall: @escaping @Sendable () -> Instant
  ) {
    self.live = live
    self.beside = beside
    self.doors = doors
    self.web = web
    self.crm = crm
    passwordChecks = PasswordChecks(waitingMax: signInsWaitingMax)
    self.log = log
    self.capture = capture
    self.wall = wall
  }

  /// Answers one request, and writes it down without its parameters.
  public nonisolated func respond(
    to request: HTTPRequest, body: [UInt8], at door: ApplianceDoors.Door, from client: IPAddress?
  ) async -> DoorAnswer {
    live.pace.release()
    let start = wall()
    var answer: DoorAnswer
    switch await begin(request, body, at: door, from: client, now: start) {
    case .answered(let done): answer = done
    case .reads(let reading):
      let view = live.view
      answer = await Self.read(aside: reading.isOfRows) { reading.answer(of: view) }
    }
    if request.method == .head { (answer.body, answer.rest) = ([], nil) }
    answer.rest = noted(
      AnsweredRequest(
        door: door.rawValue, action: answer.note.action, user: answer.note.user, status: answer.note.status,
        http: answer.response.status.code, bytes: answer.body.count),
      answer.rest, from: client, since: start)
    return answer
  }

  /// The answer of the web interface, whose wishes for the trace's clock are fulfilled; nil where it has none.
  public nonisolated func answer(
    _ request: HTTPRequest, body: [UInt8], from client: IPAddress?
  ) async -> PageAnswer? {
    let start = wall()
    var made: WebAnswer?
    switch await beginPage(request, body, from: client, now: start) {
    case nil: return nil
    case .answered(let done)?: made = done
    case .reads(let reading)?:
      var (view, other) = (live.view, besideState)
      if let row = reading.callShown {
        if let beside, reading.isOfBeside {
          other?.state.flow = (row, await beside.live.callFlow(row))
        } else {
          view.flow = (row, await live.callFlow(row))
        }
      }
      made = await Self.read(aside: reading.isOfRows) { [view, other] in reading.answer(of: view, beside: other) }
    }
    if let check = made?.check {
      let isRight = await passwordChecks.isRight(check)
      made = await finish(check, isRight: isRight, from: client)
    }
    guard let made else { return nil }
    if let command = made.command { live.pace.carryOut(command) }
    let shown = made.isOfBeside ? beside?.live ?? live : live
    if let number = made.repeats, let request = shown.request(numbered: number) {
      await shown.place(.repeatRequest(request, number: number))?.wait()
    }
    var page = page(made, isHead: request.method == .head)
    page.export = noted(
      AnsweredRequest(
        door: "web", action: AnsweredRequest.place(of: request), http: page.response.status.code,
        bytes: page.body.count),
      page.export, from: client, since: start)
    return page
  }

  private nonisolated var besideState: BesideState<LiveView>? {
    beside.map { BesideState(state: $0.live.view, comparison: $0.rows.comparison) }
  }

  /// With its rows, where it is an export.
  private nonisolated func page(_ answer: WebAnswer, isHead: Bool) -> PageAnswer {
    guard let rows = answer.rows, !isHead else { return PageAnswer(answer.response, isHead ? [] : answer.body) }
    let shown = answer.isOfBeside ? beside?.live ?? live : live
    do throws(CDRRequest.Refusal) {
      return PageAnswer(answer.response, [], export: try CDRExport(rows, of: shown.rows))
    } catch { return PageAnswer(HTTPResponse(status: .badRequest), []) }
  }

  private func begin(
    _ request: HTTPRequest, _ body: [UInt8], at door: ApplianceDoors.Door, from client: IPAddress?, now: Instant
  ) async -> ApplianceDoors.Step {
    let former = doors.crm
    let step = doors.begin(request, body: body, at: door, from: client, now: now, of: live.view)
    await followUp(on: former)
    return step
  }

  private func beginPage(
    _ request: HTTPRequest, _ body: [UInt8], from client: IPAddress?, now: Instant
  ) async -> WebInterface.Step? {
    let former = doors.crm
    let step = web?.begin(
      request, body: body, from: client, now: now, doors: &doors, of: live.view, beside: besideState)
    await followUp(on: former)
    return step
  }

  private func finish(_ check: PasswordCheck, isRight: Bool?, from client: IPAddress?) -> WebAnswer? {
    web?.finish(check, isRight: isRight, from: client, now: wall(), doors: &doors)
  }

  /// Keeps what was saved on the CRM pages since they were `former`, and has the replay go on by what is in force.
  private func followUp(on former: CRMPages) async {
    guard let crm, doors.crm != former else { return }
    crm.keep(doors.crm)
    guard doors.crm.inForce != former.inForce, let change = crm.change(doors.crm.inForce) else { return }
    let other = crm.changeBeside(doors.crm.inForce)
    await live.place(.apply(change), beside: other.map { .apply($0) })?.wait()
  }

  /// - Parameter aside: whether it may take long: then not on one of the threads that everybody shares.
  private static func read<Answer: Sendable>(
    aside isLong: Bool, _ answer: @escaping @Sendable () -> Answer
  ) async -> Answer {
    isLong ? await ReadingThreads.run(answer) : answer()
  }

  /// Notes a request at once, or when what follows as its body is at an end.
  private nonisolated func noted(
    _ request: AnsweredRequest, _ rest: (any CDRPieces)?, from client: IPAddress?, since start: Instant
  ) -> (any CDRPieces)? {
    guard let rest else {
      note(request, from: client, since: start)
      return nil
    }
    return NotedPieces(rest, behind: request.bytes) { [self] bytes in
      var request = request
      request.bytes = bytes
      note(request, from: client, since: start)
    }
  }

  private nonisolated func note(_ request: AnsweredRequest, from client: IPAddress?, since start: Instant) {
    let took = wall() - start
    counters.note(request, took: took)
    log?.append(RequestLog.Entry(time: start, client: client, request: request, took: took))
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

  /// How the replay or the listening goes, in a word; not well where listening has ended.
  nonisolated var health: (isWell: Bool, replay: String) {
    guard live.pace.isLive else {
      return (true, live.isFinished ? "finished" : live.view.isStarted ? "replaying" : "waiting")
    }
    return live.isFinished ? (false, "broken off") : (true, "listening")
  }

  /// Counters and gauges in the format of Prometheus.
  public func metrics() -> String {
    var text = MetricsText()
    counters.append(to: &text)
    text.gauge("ucmsim_api_sessions", "Sessions that are open.", doors.sessionCount(now: wall()))
    live.view.append(to: &text)
    capture?.figures.append(to: &text)
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

extension CaptureMeter.Figures {
  func append(to text: inout MetricsText) {
    text.gauge("ucmsim_capture_up", "1 while the interface is up.", isUp ? 1 : 0)
    for (name, help, count) in [
      ("ucmsim_capture_frames_total", "Frames that came from the interface.", frames),
      ("ucmsim_capture_bytes_total", "Captured bytes of those frames.", bytes),
      ("ucmsim_capture_messages_total", "SIP messages in them.", messages),
    ] {
      text.family(name, "counter", help)
      text.sample(name, [], count)
    }
    text.family("ucmsim_capture_dropped_total", "counter", "Packets that were dropped before they could be read.")
    text.sample("ucmsim_capture_dropped_total", [("by", "buffer")], droppedByBuffer)
    text.sample("ucmsim_capture_dropped_total", [("by", "interface")], droppedByInterface)
  }
}
