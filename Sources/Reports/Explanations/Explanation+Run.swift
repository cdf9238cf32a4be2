import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives
import Simulation

/// What the model makes of the call, up to its end.
extension Explanation {
  func routingStep() -> Step {
    let dialled = call.dialled.isEmpty ? "nothing" : LadderMessage.cut(call.dialled)
    var facts = [
      Fact("dialled: \(dialled), by \(words(call.callerParty)), which makes the call \(call.direction.rawValue)")
    ]
    guard let route = call.route else {
      facts.append(Fact("the call never began, so no route was looked for"))
      return Step(stage: .routing, facts: facts, rules: [])
    }
    guard setting.hasSiteFile else {
      facts.append(Fact("no site file was given, so no route is known"))
      return Step(stage: .routing, facts: facts, rules: [])
    }
    if let inbound = route.inbound {
      facts.append(
        Fact("inbound route \(inbound.pattern.text) leads to \(LadderMessage.cut(route.number))"))
    } else if call.callerParty.isTrunk {
      facts.append(Fact("no inbound route of the site file fits"))
    }
    if let outbound = route.outbound {
      facts.append(
        Fact(
          "outbound route \(outbound.index), \(outbound.name), by trunk \(outbound.trunk): "
            + "\(count(outbound.strip, "digit")) off, "
            + "\(outbound.prepend.isEmpty ? "nothing" : outbound.prepend) in front"))
    }
    facts.append(Fact(words(route)))
    return Step(stage: .routing, facts: facts, rules: [.dialPattern])
  }

  private func words(_ route: DialledRoute) -> String {
    let number = LadderMessage.cut(route.number)
    switch route.target {
    case .account(let account):
      return "\(number) is extension \(account.number)\(account.name.isEmpty ? "" : ", \(account.name)")"
    case .ringGroup(let group):
      return "\(number) is ring group \(group.name), which rings \(group.members.joined(separator: ", "))"
    case .queue(let queue):
      return "\(number) is queue \(queue.name) with agents \(queue.members.joined(separator: ", "))"
    case .ivr(let ivr): return "\(number) is voice menu \(ivr.name.isEmpty ? ivr.number : ivr.name)"
    case .conference: return "\(number) is a conference room"
    case .parking: return "\(number) parks a call"
    case .parkingSlot: return "\(number) is a place in the parking lot"
    case .feature(let function): return "\(number) is the feature code \(function.rawValue)"
    case .unknown:
      return route.outbound == nil
        ? "\(number) is nothing the site file names" : "\(number) is a number outside"
    }
  }

  func admissionStep() -> Step {
    guard let places = observations.places else {
      return Step(stage: .admission, facts: [Fact("the call never began, so it asked for no place")], rules: [])
    }
    var rules: [ExplanationRule] = [.place]
    var facts: [Fact] = []
    if let limit = places.limit {
      facts.append(
        Fact("\(setting.model) carries \(limit.value) calls at once: \(limit.certainty.rawValue), \(limit.source)"))
    } else {
      facts.append(Fact("how many calls \(setting.model) carries at once is not known"))
      rules.append(.unknownLimit)
    }
    if let refusal = observations.refusal {
      facts.append(
        Fact(
          "refused: \(Self.words(refusal)); the caller gets \(refusal.status), cause "
            + "\(refusal.cause), and what the trace shows after that did not happen here"))
      rules.append(.overLimit)
    } else {
      facts.append(Fact("admitted: \(places.inUse) in use with this call"))
    }
    facts += observations.journal.compactMap { Self.fact($0.event) }
    return Step(stage: .admission, facts: facts, rules: rules)
  }

  private static func words(_ refusal: CallObservations.Refusal) -> String {
    switch refusal.reason {
    case .resource(.calls): "\(refusal.inUse) of \(refusal.limit) places were in use"
    case .resource(let resource): "\(refusal.inUse) of \(refusal.limit) \(resource.words) were in use"
    case .trunkIncoming(let name):
      "\(refusal.inUse) of \(refusal.limit) calls were in over trunk \(LadderMessage.cut(name))"
    case .trunkOutgoing(let name): "no place for a call out over trunk \(LadderMessage.cut(name)) or those behind it"
    case .notRegistered(let number): "extension \(LadderMessage.cut(number)) is not registered here"
    }
  }

  /// What the model did otherwise than the recorded box; nil for an entry about something else.
  private static func fact(_ event: JournalEvent) -> Fact? {
    switch event {
    case .systemEvent(let event):
      Fact("system event \(event.name.rawValue), \(event.kind.rawValue): \(event.detail)")
    case .legNotDialled(_, let number, let reason):
      Fact("not dialled here: \(LadderMessage.cut(number)) (\(reason.name))")
    case .failedOver(_, let from, let to):
      Fact("trunk \(LadderMessage.cut(from)) could take no call, so it left by \(LadderMessage.cut(to))")
    case .callNotRecorded: Fact("not recorded: all places for recordings were in use")
    case .callRetried(_, let first): Fact("it seems to try call \(first.rawValue) again, which was refused")
    case .outcomeUnknown(_, .answererAbsent):
      Fact("who answered was not dialled here; how the call would have gone on is not known, and here it is over")
    case .outcomeUnknown(_, .partyOfRefusedCall):
      Fact("a party came out of a call that was refused here; how it would have gone on is not known")
    case .powerCut: Fact("the power failed while the call was up: it ended without a row")
    case .rowsNotStored(_, let rows, .diskFull): Fact("\(rows) of its rows found no room on the flash")
    case .rowsNotStored(_, let rows, .tableFull): Fact("\(rows) of its rows found no room in the CDR table")
    case .registered, .unregistered, .registrationRefused, .extensionState, .booted, .cdrCleaned, .callStarted,
      .callRefused, .callAnswered, .callJoined, .callTransferred, .callEnded, .callWithoutRow, .display,
      .crmSettingsApplied, .crmLogin,
      .crmLookup, .crmLog,
      .crmLogLost:
      nil
    }
  }

  func lookupStep() -> Step {
    guard let extensions = setting.crmExtensions else {
      return Step(stage: .lookup, facts: [Fact("no CRM is set up")], rules: [])
    }
    var facts = exchangeFacts(ofCallLog: false)
    for entry in observations.journal {
      if case .crmLookup(_, let number, let outcome) = entry.event {
        facts.append(Fact("\(LadderMessage.cut(number)): \(words(outcome)) \(after(entry.time))"))
      }
    }
    for login in observations.logins where login.extensions.contains(where: { agents.contains($0) }) {
      let who = "CRM user of \(login.extensions.joined(separator: ", "))"
      switch login.status {
      case .loggedIn: facts.insert(Fact("\(who): Logged In"), at: 0)
      case .loggedOut(let reason, let failure):
        facts.insert(Fact("\(who): Logged Out, \(reason.words) (\(words(failure)))"), at: 0)
      }
    }
    if facts.isEmpty || observations.lookup == nil {
      facts.append(Fact("nothing was looked up: \(whyNoLookup(extensions))"))
    }
    return Step(stage: .lookup, facts: facts, rules: [.lookup, .lookupOrder])
  }

  /// Extensions on the call, the caller's and those that were dialled.
  private var agents: [String] { call.legs.compactMap(\.party.accountNumber) }

  private func whyNoLookup(_ extensions: Set<String>) -> String {
    if observations.refusal != nil { return "the call was refused" }
    if call.ranAtStart { return "the call ran before the trace began" }
    switch CRMStanding(of: call, extensions: extensions) {
    case .withinOffice: return "nobody outside takes part"
    case .withheld: return "the caller's number is withheld"
    case .noUser: return "no extension on the call has a CRM user"
    case .nobodyDialled: return "nobody was dialled"
    case .asked: return "the lookup was not answered before the trace ended"
    }
  }

  func displayStep() -> Step {
    var facts: [Fact] = []
    for entry in observations.journal {
      if case .display(_, let number, let name) = entry.event {
        facts.append(
          Fact("extension \(LadderMessage.cut(number)) shows \"\(LadderMessage.cut(name))\" \(after(entry.time))"))
      }
    }
    let rules: [ExplanationRule] = facts.isEmpty ? [] : [.display]
    if facts.isEmpty {
      let name = LadderMessage.cut(call.callerName)
      facts.append(Fact("no name from the CRM; the INVITE brings \(name.isEmpty ? "none" : "\"\(name)\"")"))
    }
    return Step(stage: .display, facts: facts, rules: rules)
  }

  func callLogStep() -> Step {
    guard setting.crmExtensions != nil else {
      return Step(stage: .callLog, facts: [Fact("no CRM is set up")], rules: [])
    }
    var facts = exchangeFacts(ofCallLog: true)
    for entry in observations.journal {
      if case .crmLog(_, let outcome) = entry.event {
        switch outcome {
        case .logged(let id): facts.append(Fact("recorded as \(LadderMessage.cut(id)) \(after(entry.time))"))
        case .failed(let failure): facts.append(Fact("not recorded: \(words(failure))"))
        case .postponed(let failure, let mayExist):
          let doubt = mayExist ? "; the CRM may have it all the same" : ""
          facts.append(Fact("kept to be recorded later: \(words(failure))\(doubt)"))
        }
      }
      if case .crmLogLost(_, let loss) = entry.event {
        switch loss {
        case .storeFull: facts.append(Fact("not recorded: the store of calls to record was full"))
        case .settingsChanged: facts.append(Fact("not recorded: the CRM pages were changed before the CRM took it"))
        case .unsentAtEnd: facts.append(Fact("not recorded by the end of the run"))
        }
      }
    }
    if facts.isEmpty {
      facts.append(Fact("not recorded: \(observations.lookup == nil ? "it was not looked up" : "nothing was sent")"))
    }
    return Step(stage: .callLog, facts: facts, rules: [.callLog])
  }

  private func exchangeFacts(ofCallLog isWanted: Bool) -> [Fact] {
    observations.exchanges.filter { $0.isAboutCallLog == isWanted }.map { exchange in
      Fact("\(exchange.request) → \(exchange.outcome) (\(seconds(exchange.wait)) later)")
    }
  }

  private func words(_ outcome: LookupOutcome) -> String {
    switch outcome {
    case .found(let record): "found \"\(LadderMessage.cut(record.name))\" in \(record.table.rawValue)"
    case .ambiguous(let record, let count):
      "\(count) records in one table, "
        + (record.map { "\"\(LadderMessage.cut($0.name))\" in \($0.table.rawValue) taken" } ?? "none taken")
    case .missed: "in no table"
    case .added(let record): "in no table, added to \(record.table.rawValue)"
    case .failed(let failure): "nobody knows, \(words(failure))"
    }
  }

  private func words(_ failure: CRMFailure) -> String { failure.words }
}

extension CRMFailure {
  /// `invalid_code (400)`.
  var words: String { LadderMessage.cut(code) + (status.map { " (\($0))" } ?? "") }
}
