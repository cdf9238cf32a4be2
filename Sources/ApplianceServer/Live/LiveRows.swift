import ApplianceAPI
import CDRStorage
import PBXModel
import Primitives
import Reports
import SimulationRuntime

/// The appliance's CDR table while it grows: one thread writes, others read what is written.
final class LiveRows: Sendable {
  private let path: String
  let layout: CDRLayout
  let timeZone: SiteTimeZone
  private let store: Guarded<CDRStore?>
  private let readers: LiveReaders

  /// - Parameters:
  ///   - existing: what is to become of rows that an earlier run left.
  ///   - tell: hears of preparations of those rows that take a while.
  init(
    path: String, existing: ExistingDatabase, layout: CDRLayout, timeZone: SiteTimeZone,
    tell: (StorePreparation) -> Void
  ) throws(CDRStoreError) {
    self.path = path
    readers = LiveReaders(path: path)
    self.layout = layout
    self.timeZone = timeZone
    store = Guarded(
      try CDRStore(
        path: path, existing: existing, timeZone: timeZone, indexes: .withEveryRowForPages, tell: tell))
  }

  /// nil where there is none.
  func storedRows() throws(CDRStoreError) -> StoredRows? {
    try store.withLock { (store) throws(CDRStoreError) in try store?.storedRows() }
  }

  /// The calls behind the one of that number, at most so many.
  func calls(after number: Int64, limit: Int) throws(CDRStoreError) -> [CDRSession] {
    try store.withLock { (store) throws(CDRStoreError) in try store?.calls(after: number, limit: limit) ?? [] }
  }

  /// - Returns: the session's number in the database; nil once that is closed.
  func append(_ session: CDRSession) throws(CDRStoreError) -> Int64? {
    try store.withLock { (store) throws(CDRStoreError) in
      try store?.append(session)
      return store?.lastSessionNumber
    }
  }

  func clean(_ cleaning: CDRCleaning, at now: Instant) throws(CDRStoreError) {
    try withStore { (store) throws(CDRStoreError) in _ = try store.clean(cleaning, at: now) }
  }

  func flush() throws(CDRStoreError) {
    try withStore { (store) throws(CDRStoreError) in try store.flush() }
  }

  func close() throws(CDRStoreError) {
    try readers.withoutReaders { () throws(CDRStoreError) in try closeStore() }
  }

  /// Empties the table.
  func restart() throws(CDRStoreError) {
    try readers.withoutReaders { () throws(CDRStoreError) in
      try closeStore()
      let store = try CDRStore(
        path: path, existing: .replace, timeZone: timeZone, indexes: .withEveryRowForPages)
      self.store.withLock { $0 = store }
    }
  }

  private func closeStore() throws(CDRStoreError) {
    try store.withLock { (store) throws(CDRStoreError) in
      defer { store = nil }
      try store?.close()
    }
  }

  private func withStore(_ body: (CDRStore) throws(CDRStoreError) -> Void) throws(CDRStoreError) {
    try store.withLock { (store) throws(CDRStoreError) in
      if let store { try body(store) }
    }
  }

  /// A document, of which only the beginning is read; `offset` and `limit` count calls, which are the entries of JSON.
  /// That they do so in CSV too is assumed.
  func document(_ request: CDRRequest) throws(CDRRequest.Refusal) -> CDRDocument {
    var export = try CDRExport(request, of: self)
    let head = try export.next() ?? []
    let rows = try export.next() ?? []
    return CDRDocument(head + rows, rest: export.isOver ? nil : export)
  }

  func queueCalls(_ request: QueueRequest) throws(CDRRequest.Refusal) -> [QueueCall] {
    var query = CDRQuery()
    query.actions = request.queues.isEmpty ? ["QUEUE"] : request.queues.map { "QUEUE[\($0)]" }
    query.startingFrom = request.from
    query.startingBefore = request.before
    query.limit = 10_000
    var calls: [QueueCall] = []
    try forEachCall(query) { session in calls += Self.queueCalls(of: session, request) }
    return calls
  }

  /// Codes that agents of the site's queues dialled and that were answered, oldest first: those of the latest 10,000
  /// calls that may be such.
  func agentCodes(of site: Site) throws(CDRRequest.Refusal) -> [AgentHistory.Dialled] {
    guard !site.queues.isEmpty else { return [] }
    var query = CDRQuery()
    do throws(NumberPattern.SyntaxError) {
      for text in AgentHistory.patterns(of: site) { query.callees += try NumberPattern.list(text) }
    } catch { throw .unreadableNumber }
    query.dispositions = [.answered]
    query.order = .newest
    query.limit = 10_000
    var dialled: [AgentHistory.Dialled] = []
    try forEachCall(query) { session in
      dialled += session.rows.compactMap { AgentHistory.Dialled($0, of: site) }
    }
    return dialled.sorted { $0.instant < $1.instant }
  }

  /// Of the newest row of that `AcctId`; nil where there is none, or none that can be read.
  func recordFiles(ofRow id: Int64) -> String? {
    var query = CDRQuery()
    query.rowIDs = [id]
    query.order = .newest
    query.limit = 1
    var found: String?
    do throws(CDRRequest.Refusal) {
      try forEachCall(query) { found = $0.rows.first { Int64($0.acctId) == id }?.recordfiles }
    } catch { return nil }
    return found
  }

  private func forEachCall(_ query: CDRQuery, _ body: (CDRSession) -> Void) throws(CDRRequest.Refusal) {
    try read { archive in
      try archive.forEachCall(matching: query) {
        body($0)
        return true
      }
    }
  }

  /// What is written so far.
  func read<Value>(_ body: (CDRArchive) throws -> Value) throws(CDRRequest.Refusal) -> Value {
    do throws(CDRStoreError) { try flush() } catch { throw .unavailable }
    do { return try readers.read(body) } catch { throw .unavailable }
  }

  static func query(_ request: CDRRequest) throws(CDRRequest.Refusal) -> CDRQuery {
    var query = CDRQuery()
    do throws(NumberPattern.SyntaxError) {
      for text in request.callers { query.callers += try NumberPattern.list(text) }
      for text in request.callees { query.callees += try NumberPattern.list(text) }
      for text in request.answeredBy { query.answeredBy += try NumberPattern.list(text) }
    } catch { throw .unreadableNumber }
    let filter = request.filter
    query.callerNameParts = filter.callerName.isEmpty ? [] : [filter.callerName]
    query.accounts = filter.accounts
    query.sourceTrunks = filter.sourceTrunks
    query.destinationTrunks = filter.destinationTrunks
    query.actions = filter.actions
    query.types = filter.types.compactMap { CallDirection(rawValue: $0) }
    query.dispositions = filter.statuses.compactMap { Disposition(rawValue: $0) }
    switch request.timeFilter {
    case .start: (query.startingFrom, query.startingBefore) = (request.from, request.before)
    case .end: (query.endingFrom, query.endingBefore) = (request.from, request.before)
    }
    query.minimumTalkSeconds = request.minimumTalkSeconds
    query.maximumTalkSeconds = request.maximumTalkSeconds
    query.offset = request.offset
    query.limit = request.limit
    return query
  }

  /// The attempts at agents, or one without an agent where nobody was rung.
  private static func queueCalls(of session: CDRSession, _ request: QueueRequest) -> [QueueCall] {
    let rows = session.rows.filter { $0.actionType.hasPrefix("QUEUE[") }
    guard let first = rows.first else { return [] }
    let queue = String(first.actionType.dropFirst("QUEUE[".count).prefix { $0 != "]" })
    let attempts = rows.filter { $0.dst != queue }
    let made = (attempts.isEmpty ? [first] : attempts).map { row in
      let isConnected = row.disposition == .answered && row.dst != queue
      let until = row.answer ?? row.end ?? row.start + .seconds(row.durationSeconds)
      return QueueCall(
        queue: queue, session: session.first.session, start: session.first.start,
        agent: row.dst == queue ? nil : row.dst, caller: row.src,
        isConnected: isConnected, waitSeconds: max(0, (until - session.first.start).wholeSeconds),
        talkSeconds: isConnected ? row.billsecSeconds : 0)
    }
    guard !request.agents.isEmpty else { return made }
    return made.filter { call in call.agent.map { request.agents.contains($0) } ?? false }
  }
}
