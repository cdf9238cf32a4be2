import ApplianceAPI
import ApplianceServer
import ArgumentParser
import CDRStorage
import Dispatch
import Glibc
import HTTPService
import PBXModel
import PacketCapture
import Primitives
import Reports
import SIPCapture
import Simulation
import SimulationRuntime

/// `ucmsim serve`: the appliance behind its own doors.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Replay traces, or listen on an interface, and serve the appliance's APIs over HTTPS.",
    discussion: """
      The HTTPS API (POST /api) and the old CDR API (GET /cdrapi, digest login) answer for what the replay has come \
      to: rows, calls that are up, registrations. The web interface is at / on the port of the HTTPS API: sign in as \
      admin, or as an extension. After the traces' end all go on answering. Runs until SIGINT or SIGTERM; then the \
      exit code is 0.

      With --interface it listens instead, and the clock is the machine's. Opening an interface takes rights \
      (CAP_NET_RAW), which are given up at once: root goes on as --user, or as who called sudo.

      Examples:
        ucmsim serve morning.pcap --model ucm6304 --site office.yaml --ca-out ca.pem
        ucmsim serve morning.pcap --model ucm6202 --speed 10 --wait-for-client --admin-port 9100
        sudo ucmsim serve -i eth0 --filter 'port 5060' --model ucm6304 --pbx 192.0.2.10
        curl --cacert ca.pem --digest -u cdrapi:cdrapi123 'https://127.0.0.1:8443/cdrapi?format=json'
      """)

  @OptionGroup var traffic: ServedTraffic
  @OptionGroup var site: SiteOptions
  @OptionGroup var simulation: SimulationOptions
  @OptionGroup var listening: ServeListeningOptions
  @OptionGroup var users: APIUserOptions
  @OptionGroup var web: WebOptions
  @OptionGroup var crmPages: CRMPageOptions
  @OptionGroup var realTime: RealTimeOptions

  @OptionGroup var besides: BesideOptions

  @Option(
    help: ArgumentHelp("As fast as possible (max), or so many times as fast as recorded.", valueName: "n|max"),
    transform: ServeCommand.speed)
  var speed: Double? = nil

  @Option(
    help: ArgumentHelp(
      "Calls whose messages are kept for the web interface's ladders, within 32 MB; 0 for none.", valueName: "n"))
  var keepCalls = CallHistory.Limits().calls

  @Flag(help: "Begin again at the traces' end, with an empty appliance, whatever --state has kept.")
  var loop = false

  @Flag(help: "Begin with the first request to one of the APIs.")
  var waitForClient = false

  @Option(
    help: ArgumentHelp(
      "Folder for what outlives a restart, made when missing: certificate, rows, system events, the CRM pages, which "
        + "go before the site file's.", valueName: "folder"))
  var state: String?

  @Flag(help: "Begin without what an earlier run left in --state, but for the certificate.")
  var factoryReset = false

  @Option(
    help: ArgumentHelp("Write every request there, as lines of JSON without parameters.", valueName: "file")
  )
  var log: String?

  static func speed(_ text: String) throws -> Double? {
    if text == "max" { return nil }
    guard let speed = Double(text), speed >= 0.01, speed <= 100_000 else {
      throw ValidationError("--speed takes max or a number from 0.01 to 100000.")
    }
    return speed
  }

  mutating func validate() throws {
    try crmPages.check(state: state)
    if loop, traffic.traces.contains("-") { throw ValidationError("--loop cannot read standard input again.") }
    guard (0...1_000_000).contains(keepCalls) else { throw ValidationError("--keep-calls takes 0 to 1000000.") }
    guard state != nil || !factoryReset else { throw ValidationError("--factory-reset is for --state.") }
    guard traffic.listening.interface == nil || (speed == nil && !loop && !waitForClient) else {
      throw ValidationError("--speed, --loop and --wait-for-client are for traces; an interface has its own time.")
    }
    try besides.check(simulation.crm, isListening: traffic.listening.interface != nil)
  }

  func run() throws {
    let signals = StartingSignals()
    defer { signals.handOver() }
    let start = WallTime.now
    let profile = try simulation.profile()
    let reading = try traffic.open(site, readsTwice: besides.beside != nil)
    let capture = try traffic.listening.open(filter: traffic.reading.filter)
    var options = try simulation.replayOptions(profile, reading, input: traffic.input, site: site)
    let user = try users.user(isOnLoopback: listening.isOnLoopback)
    let folder = try ServeFolder(state)
    signals.onEnd { folder.removeIfTemporary() }
    defer { folder.removeIfTemporary() }
    let kept = try ServedState(folder: state, isReset: factoryReset)
    let pace =
      capture == nil
      ? ReplayPace(speed: speed, waitsForClient: waitForClient, machine: { WallTime.monotonic }) : ReplayPace.live()
    let crm = try ServedCRM(
      reading.siteFile, simulation, isAsked: options.crm != nil, state: state, keyFile: crmPages.keyFile,
      isReset: factoryReset)
    let other = try besides.simulation(simulation).map { simulation in
      try OtherModel(simulation, self, reading, pace, folder, try crm.beside(reading.siteFile, simulation))
    }
    if other != nil, besides.crmURL == nil, simulation.crm.transport.usesHTTPS {
      StandardError.note("both models write into the same CRM; --beside-crm-url names another one for the second")
    }
    let live = try makeLive(options, "cdr", folder, pace, kept, other.map { .init($0.tandem, $0.rows, .leader) })
    do throws(CDRStoreError) { options.rowsOnFlash = try live.rowsOnFlash() } catch { throw error.complaint }
    options = try crm.prepared(options)
    var settings = users.settings
    settings.crmUserPages = crmPages.crmUserPages
    let doors = ApplianceDoors(
      settings: settings, users: [user], crm: crm.pages,
      key: (0..<32).map { _ in UInt8.random(in: 0...255) }, crmFault: crm.fault)
    let interface = try web.interface(
      isOnLoopback: listening.isOnLoopback, isSecure: !listening.insecureHTTP, sessionSeconds: users.sessionSeconds)
    let meter = CaptureMeter()
    let served = ServedAppliance(
      live, beside: other.map { ($0.live, $0.rows) }, doors: doors, web: interface,
      crm: crm.backOffice(beside: other?.crm), log: try requestLog(), capture: capture == nil ? nil : meter,
      wall: { WallTime.now })
    var serviceOptions = try listening.options(state: state, at: start)
    serviceOptions.pages = interface == nil ? nil : served
    serviceOptions.realTime = try realTime.output(of: live, told: kept.state.toldCalls)
    let keeper = kept.keeper(of: served, serviceOptions.realTime)
    serviceOptions.keeper = keeper
    let ending = serve(served, serviceOptions, folder, keeper)
    signals.handOver()
    if let capture {
      try listen(capture, options, live, meter)
    } else {
      try replay(options, live, crm, beside: other, until: ending)
    }
    let error = ending.wait()
    try? live.closeDatabase()
    try? other?.live.closeDatabase()
    keeper?.keep()
    if let error { throw Self.complaint(of: error) }
  }

  /// - Parameters:
  ///   - name: of its database in the folder.
  ///   - kept: what an earlier run left; nil where it is not gone on with.
  func makeLive(
    _ options: Replay.Options, _ name: String, _ folder: ServeFolder, _ pace: ReplayPace, _ kept: ServedState?,
    _ pair: LiveAppliance.Pair?
  ) throws -> LiveAppliance {
    var background = CallHistory.Background()
    background.limits.calls = keepCalls
    background.hasSiteFile = site.site != nil
    background.pbx = options.pbx.text
    background.isPBXKnown = !options.pbx.addresses.isEmpty
    background.crmExtensions = options.crm.map { Set($0.configuration.clients.flatMap(\.extensions)) }
    do throws(CDRStoreError) {
      return try LiveAppliance(
        profile: options.profile, site: options.site, database: folder.path + "/\(name).sqlite",
        existing: kept?.isKept == true ? .append : .replace, kept: kept?.state ?? KeptState(), pace: pace,
        seed: simulation.seed.number, background: background, pair: pair, tell: Self.tell)
    } catch { throw error.complaint }
  }

  private static func tell(_ preparation: StorePreparation) {
    switch preparation {
    case .begun(let rows):
      StandardError.note("preparing \(rows) kept rows, once; serving begins after that")
    case .ended: StandardError.note("the kept rows are prepared")
    }
  }

  private func requestLog() throws -> RequestLog? {
    guard let log else { return nil }
    guard let made = RequestLog(path: log) else {
      throw Complaint("cannot create \(log): \(String(cString: strerror(errno))); choose another file", .usage)
    }
    return made
  }

  /// Serves beside the replay, which has this thread; returns once all listeners are there, or could not be.
  private func serve(
    _ served: ServedAppliance, _ options: ApplianceService.Options, _ folder: ServeFolder, _ keeper: StateKeeper?
  ) -> ServerEnding {
    let service = ApplianceService(served, options) { StandardError.note($0) }
    let ending = ServerEnding()
    let begun = ServerEnding()
    Task.detached {
      do {
        try await service.run(
          isReady: { places in
            ServePlaces.tell(places, hasPages: options.pages != nil)
            begun.end(nil)
          },
          isStopping: {
            served.live.pace.stop()
            Self.hurry(served.live, folder, keeper)
          })
        ending.end(nil)
      } catch { ending.end(error) }
      served.live.pace.stop()
      begun.end(nil)
    }
    _ = begun.wait()
    return ending
  }

  /// Ends in less than two seconds from now, whatever does not.
  private static func hurry(_ live: LiveAppliance, _ folder: ServeFolder, _ keeper: StateKeeper?) {
    Task.detached {
      try? await Task.sleep(for: .milliseconds(1700))
      try? live.closeDatabase()
      keeper?.keep()
      folder.removeIfTemporary()
      Glibc.exit(Exit.done.rawValue)
    }
  }

  private func replay(
    _ options: Replay.Options, _ live: LiveAppliance, _ crm: ServedCRM, beside other: OtherModel?,
    until ending: ServerEnding
  ) throws {
    var options = options
    repeat {
      let changes = live.latestCRMChanges
      let follower = other?.begin(changedBy: changes.beside, attends: !loop)
      var replay = Replay(options.changed(by: changes.own), into: live, observer: live)
      let summary: RunSummary
      do throws(Replay.Failure) { summary = try replay.run { _ in !live.pace.wasStopped } } catch {
        live.finish()
        guard !live.pace.wasStopped else { return }
        throw Self.complaint(of: error)
      }
      live.finish()
      follower?.waitForTraces()
      guard !live.pace.wasStopped else { return }
      for failure in summary.failures { StandardError.note(failure) }
      StandardError.note(
        "the traces are at their end: \(summary.tally.calls) calls; " + (loop ? "again" : "still serving"))
      if !loop {
        while let order = live.awaitOrder() { replay.attend(order) }
      }
      replay.finishTraffic()
      replay.crmTraffic.tell()
      follower?.waitForEnd()
      guard loop, !live.pace.wasStopped else { return }
      options = try crm.preparedForNextPass(options)
      try other?.restart()
      do throws(CDRStoreError) { try live.restart() } catch { throw error.complaint }
    } while !ending.isOver
  }

  /// Returns once it was stopped, or nothing more can come.
  private func listen(
    _ capture: InterfaceCapture, _ options: Replay.Options, _ live: LiveAppliance, _ meter: CaptureMeter
  ) throws {
    var replay = Replay(options, into: live, observer: live)
    let summary: RunSummary
    do throws(Replay.Failure) {
      summary = try replay.follow(capture, clock: { WallTime.now }, meter: meter) { remark in
        StandardError.note("\(capture.name): \(remark)")
      }
    } catch { throw Self.complaint(of: error) }
    live.finish()
    for failure in summary.failures { StandardError.note("\(failure); still serving") }
    for concern in AccountReport(summary.account, traces: summary.captureNames).concerns {
      StandardError.note("messages may be missing: \(concern)")
    }
    while let order = live.awaitOrder() { replay.attend(order) }
    replay.finishTraffic()
    replay.crmTraffic.tell()
  }

  private static func complaint(of error: any Error) -> Complaint {
    switch error {
    case let failure as ListenFailure:
      let reason = failure.code.map { String(cString: strerror($0)) } ?? "the address is not of this machine"
      return Complaint(
        "cannot listen on \(failure.host):\(failure.port): \(reason); choose another port or address", .usage)
    case is UnusableCertificate:
      return Complaint("the server's certificate cannot be used; remove server.pem and server-key.pem", .unusableInput)
    case let failure as Replay.Failure: return Complaint(failure.description, .unusableInput)
    default: return Complaint("the server stopped: \(type(of: error))", .internalError)
    }
  }
}
