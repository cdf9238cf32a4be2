import ApplianceAPI
import PBXModel
import Primitives

/// When agents of queues were logged in and paused, put together from the codes that they dialled.
///
/// What they did in the web interface or before the trace is in no trace: a spell whose begin nobody saw has none. That
/// a second log-in or pause changes nothing, and that a log-out ends a pause, is upstream (`app_queue`).
struct AgentHistory {
  /// A code that was dialled and answered.
  struct Dialled: Hashable {
    let instant: Instant
    let agent: String
    let code: AgentCode

    init(_ code: AgentCode, by agent: String, at instant: Instant) {
      self.instant = instant
      self.agent = agent
      self.code = code
    }

    /// nil for a row of anything else.
    init?(_ row: CDRRecord, of site: Site) {
      guard row.disposition == .answered, let code = site.agentCode(row.dst) else { return nil }
      let agent = site.account(row.channelExt) == nil ? row.src : row.channelExt
      self.init(code, by: agent, at: row.answer ?? row.start)
    }
  }

  private struct Place: Hashable {
    let queue: String
    let agent: String
  }

  /// More in one answer are left out, the latest ones.
  private static let spellsMax = 10_000
  /// Numbers of one kind that are asked for one by one.
  private static let patternsMax = 100

  private let dialled: [Dialled]
  /// Queues by the agents that the site file gives them.
  private let queuesOfAgents: [String: [String]]

  /// - Parameter dialled: oldest first.
  init(_ dialled: [Dialled], of site: Site) {
    self.dialled = dialled
    var queues: [String: [String]] = [:]
    for queue in site.queues {
      for member in queue.members { queues[member, default: []].append(queue.number) }
    }
    queuesOfAgents = queues
  }

  /// Patterns of the CDR API for every number that may be a code of agents, and for others where there are many: a
  /// number by itself is found by the index.
  static func patterns(of site: Site) -> [String] {
    let plain = Set("0123456789*#+".utf8)
    let own = site.featureCodes.filter { AgentCode.Action($0.function) != nil }.map { code in
      let text = code.pattern.text.utf8.drop { $0 == UInt8(ascii: "_") }
      let literal = text.prefix { plain.contains($0) }
      return String(decoding: literal, as: UTF8.self) + (literal.count < text.count ? "@" : "")
    }
    let documented = ["*83", "*84"] + site.queues.flatMap { [$0.number + "*", $0.number + "**"] }
    return (own.count > patternsMax ? ["@"] : Set(own).sorted())
      + (documented.count > patternsMax ? ["*@", "@*"] : documented)
  }

  /// Those that began in the time asked for, oldest first; one whose begin is not known counts by its end.
  func spells(_ state: AgentState, _ request: QueueRequest) -> [AgentSpell] {
    var run = Run(state: state, request: request)
    for event in dialled { run.take(event, queues(of: event)) }
    let lasting = run.open.map { place, begin in
      AgentSpell(queue: place.queue, agent: place.agent, begin: begin, end: nil)
    }
    for spell in lasting.sorted(by: Run.isBefore) { run.add(spell) }
    return Array(run.spells.sorted(by: Run.isBefore).prefix(Self.spellsMax))
  }

  private func queues(of event: Dialled) -> [String] {
    if let queue = event.code.queue { return [queue] }
    return queuesOfAgents[event.agent] ?? []
  }

  /// The history on its way from one code to the next.
  private struct Run {
    let state: AgentState
    let request: QueueRequest
    var spells: [AgentSpell] = []
    /// Spells that last, with their begin.
    var open: [Place: Instant] = [:]
    /// Queues that agents logged in to by dialling.
    private var entered: [String: [String]] = [:]

    init(state: AgentState, request: QueueRequest) {
      self.state = state
      self.request = request
    }

    static func isBefore(_ one: AgentSpell, _ other: AgentSpell) -> Bool {
      let (first, second) = (one.begin ?? one.end ?? .epoch, other.begin ?? other.end ?? .epoch)
      return (first, one.queue, one.agent) < (second, other.queue, other.agent)
    }

    mutating func take(_ event: Dialled, _ queues: [String]) {
      let isOfAll = event.code.queue == nil
      let more = isOfAll ? (entered[event.agent] ?? []).filter { !queues.contains($0) } : []
      let places = (queues + more).map { Place(queue: $0, agent: event.agent) }
      note(event, places)
      switch (state, event.code.action) {
      case (.loggedIn, .logIn), (.paused, .pause):
        for place in places where open[place] == nil { open[place] = event.instant }
      case (.loggedIn, .logOut), (.paused, .unpause): end(places, isOfAll: isOfAll, at: event.instant)
      case (.paused, .logOut): end(places.filter { open[$0] != nil }, isOfAll: false, at: event.instant)
      case (.loggedIn, .pause), (.loggedIn, .unpause), (.paused, .logIn): break
      }
    }

    /// Who logs in without being an agent otherwise is one of that queue for codes that are of all queues.
    private mutating func note(_ event: Dialled, _ places: [Place]) {
      switch event.code.action {
      case .logIn:
        for place in places where entered[event.agent]?.contains(place.queue) != true {
          entered[event.agent, default: []].append(place.queue)
        }
      case .logOut: entered[event.agent]?.removeAll { queue in places.contains { $0.queue == queue } }
      case .pause, .unpause: break
      }
    }

    /// - Parameter isOfAll: whether it was said of all queues, and then those that it is not true of do not count.
    private mutating func end(_ places: [Place], isOfAll: Bool, at instant: Instant) {
      let begun = places.filter { open[$0] != nil }
      for place in isOfAll && !begun.isEmpty ? begun : places {
        let begin = open.removeValue(forKey: place)
        add(AgentSpell(queue: place.queue, agent: place.agent, begin: begin, end: instant))
      }
    }

    mutating func add(_ spell: AgentSpell) {
      guard spells.count < AgentHistory.spellsMax, let instant = spell.begin ?? spell.end,
        request.queues.isEmpty || request.queues.contains(spell.queue),
        request.agents.isEmpty || request.agents.contains(spell.agent),
        request.from.map({ instant >= $0 }) ?? true, request.before.map({ instant < $0 }) ?? true
      else { return }
      spells.append(spell)
    }
  }
}
