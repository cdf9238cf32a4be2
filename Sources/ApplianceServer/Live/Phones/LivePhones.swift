import ApplianceWeb
import CRMConnectors
import HTTPTypes
import PBXModel
import Primitives
import Simulation

/// What phones show of calls beyond the calls themselves: names and records of the CRM, and what was over last.
struct LivePhones {
  /// Names that the CRM gave, by call and by the phone that shows them.
  private var names: [Call.ID: [String: String]] = [:]
  private var lookups: [Call.ID: CRMLookupFacts] = [:]
  /// By extension.
  private var last: [String: PhoneCall] = [:]
  /// Where the CRM was asked for a contact last, without a query.
  private var askedAt = ""

  /// More extensions than these have no last call.
  private static let lastMax = 10_000

  mutating func note(_ event: JournalEvent) {
    if case .display(let call, let number, let name) = event { names[call, default: [:]][number] = name }
    if case .crmLookup(let call, _, let outcome) = event { lookups[call] = CRMLookupFacts(outcome, askedAt: askedAt) }
  }

  /// Takes note of where the CRM is asked.
  mutating func note(_ request: CRMRequest) {
    switch request.purpose {
    case .search, .create: askedAt = request.address
    case .token, .logCall, .login, .confirm, .link: break
    }
  }

  /// Takes note of who is no longer on a call.
  ///
  /// - Parameter after: nil for a call that is over.
  mutating func change(from before: LiveCall, to after: LiveCall?, at now: Instant) {
    let still = Set(after.map { [$0.caller.number] + $0.callees.map(\.number) } ?? [])
    for number in Set([before.caller.number] + before.callees.map(\.number)).subtracting(still) {
      guard var call = call(of: number, in: before), last.count < Self.lastMax || last[number] != nil else { continue }
      (call.state, call.since) = (.over, now)
      last[number] = call
    }
    guard after == nil else { return }
    names[before.id] = nil
    lookups[before.id] = nil
  }

  mutating func removeAll() { self = LivePhones() }

  func facts(of number: String, _ calls: [LiveCall]) -> PhoneFacts {
    var facts = PhoneFacts()
    facts.calls = calls.compactMap { call(of: number, in: $0) }
    facts.last = last[number]
    return facts
  }

  /// nil where the extension is not on the call.
  private func call(of number: String, in call: LiveCall) -> PhoneCall? {
    var shown: PhoneCall
    if let own = call.callees.first(where: { $0.number == number }) {
      shown = PhoneCall(
        state: own.answer == nil ? .ringing : .talking, isIncoming: true, number: call.caller.number,
        name: names[call.id]?[number] ?? call.caller.displayName, since: own.answer ?? own.start)
    } else if call.inboundTrunk == nil, call.caller.number == number {
      let answerer = call.callees.first { $0.answer != nil }
      let other = answerer ?? call.callees.first
      shown = PhoneCall(
        state: answerer == nil ? .dialling : .talking, isIncoming: false, number: call.dialled,
        name: names[call.id]?[number] ?? other?.displayName ?? "", since: answerer?.answer ?? call.start)
    } else {
      return nil
    }
    shown.lookup = lookups[call.id] ?? .none
    return shown
  }
}

extension CRMLookupFacts {
  init(_ outcome: LookupOutcome, askedAt address: String) {
    self =
      switch outcome {
      case .found(let record): .found(CRMContactFacts(record, askedAt: address), of: 1)
      case .ambiguous(let record?, let count): .found(CRMContactFacts(record, askedAt: address), of: count)
      case .ambiguous(nil, _), .missed: .unknown
      case .added(let record): .added(CRMContactFacts(record, askedAt: address))
      case .failed: .failed
      }
  }
}

extension CRMContactFacts {
  init(_ record: CRMRecordReference, askedAt address: String) {
    self.init(table: record.table.rawValue, id: record.id, name: record.name, askedAt: address)
  }
}

extension CRMRequest {
  /// Scheme, host and path.
  fileprivate var address: String {
    let path = (request.path ?? "").prefix { $0 != "?" && $0 != "#" }
    return "\(request.scheme ?? "https")://\(request.authority ?? "")\(path)"
  }
}
