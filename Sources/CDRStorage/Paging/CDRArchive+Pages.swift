import GRDB
import GRDBSQLite
import PBXModel

extension CDRArchive {
  /// A part of the list of calls, within the effort asked for: the first of a million rows costs as much as that of a
  /// thousand.
  ///
  /// A call stands where its first matching row stands, and only there. Pages do not shift while rows are added.
  public func page(_ request: CDRPageRequest) throws(CDRStoreError) -> CDRPage {
    do {
      return try queue.read { db in
        var request = request
        var page = CDRPage()
        if let cursor = request.cursor, try !Self.has(cursor, in: db) {
          request.cursor = nil
          request.isBefore = false
          page.hasLostCursor = true
        }
        try PageWalk(request, path: path, in: db).fill(&page)
        return page
      }
    } catch { throw CDRStoreError(error, path: path) }
  }

  /// How many calls match, counted as far as the request says.
  public func count(_ request: CDRPageRequest) throws(CDRStoreError) -> CDRPage.Count {
    var request = request
    (request.cursor, request.isBefore) = (nil, false)
    do { return try queue.read { try PageWalk(request, path: path, in: $0).count() } } catch {
      throw CDRStoreError(error, path: path)
    }
  }

  /// The call that a row belongs to, with its number; nil where the row is no longer there.
  public func call(ofRow row: Int64) throws(CDRStoreError) -> CDRPage.Call? {
    do {
      return try queue.read { db in
        let found = try Row.fetchOne(
          db, sql: "SELECT session_number, row_number FROM cdr WHERE id = ?", arguments: [row])
        guard let found else { return nil }
        let (number, place): (Int64, Int64) = (found[0], found[1])
        let session = try SessionReader(db, path: path).session(number, rowsFrom: row &- place &+ 1)
        return session.map { CDRPage.Call(number: number, row: row, session: $0) }
      }
    } catch { throw CDRStoreError(error, path: path) }
  }

  private static func has(_ row: Int64, in db: Database) throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT 1 FROM cdr WHERE id = ?", arguments: [row]) != nil
  }
}

/// One walk over the rows of a list.
private struct PageWalk {
  private let request: CDRPageRequest
  private let plan: PagePlan
  private let db: Database
  private let path: String

  init(_ request: CDRPageRequest, path: String, in db: Database) throws {
    self.request = request
    self.path = path
    self.db = db
    plan = try PagePlan(request, in: db)
  }

  private struct Place {
    var row: Int64
    var session: Int64
    var firstRow: Int64
  }

  /// Calls that are passed over, each with its first matching row.
  private struct Passing {
    private var left: Int
    private var sessions: Set<Int64> = []

    init(_ calls: Int) { left = max(0, calls) }

    var isOver: Bool { left == 0 }

    mutating func note(_ session: Int64) {
      guard sessions.insert(session).inserted else { return }
      left -= 1
      // From here on each row is asked whether another of its call came before.
      if left == 0 { sessions = [] }
    }
  }

  /// - Returns: whether all rows were looked at; otherwise `body` returned false or the effort was spent.
  private func forEachMatch(
    passing passes: inout Passing, lookedAt: (Int64) -> Void = { _ in }, _ body: (Place) throws -> Bool
  ) throws -> Bool {
    let statement = try db.makeStatement(sql: plan.sql)
    try statement.setArguments(plan.arguments)
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(handle) }
    var left = max(1, request.effort)
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: break
      case SQLITE_DONE: return true
      case let code: throw DatabaseError(sqlite: code, of: handle)
      }
      let row = sqlite3_column_int64(handle, 0)
      if sqlite3_column_int64(handle, 3) != 0 {
        let place = Place(
          row: row, session: sqlite3_column_int64(handle, 1),
          firstRow: row &- sqlite3_column_int64(handle, 2) &+ 1)
        if passes.isOver {
          guard try body(place) else { return false }
        } else {
          passes.note(place.session)
        }
      }
      lookedAt(row)
      guard passes.isOver else { continue }
      left -= plan.rowCost
      if left <= 0 { return false }
    }
  }

  func fill(_ page: inout CDRPage) throws {
    let reader = try SessionReader(db, path: path)
    let earlier = try db.makeStatement(sql: plan.earlierSQL)
    let limit = max(1, request.limit)
    var calls: [CDRPage.Call] = []
    var last: Int64?
    var isFull = false
    var passes = Passing(request.cursor == nil ? request.skipped : 0)
    let isWhole = try forEachMatch(passing: &passes, lookedAt: { last = $0 }) { place in
      guard calls.count < limit else {
        isFull = true
        return false
      }
      guard let session = try reader.session(place.session, rowsFrom: place.firstRow) else { return true }
      if !session.others.isEmpty {
        let end = place.firstRow &+ Int64(session.others.count) &+ 1
        try earlier.setArguments(
          StatementArguments(
            [place.firstRow, end] + plan.earlierArguments + (try plan.order.arguments(row: place.row, in: db))))
        if try Int.fetchOne(earlier) != nil { return true }
      }
      calls.append(CDRPage.Call(number: place.session, row: place.row, session: session))
      return true
    }
    page.isCutShort = !isWhole && !isFull && calls.count < limit
    let goesOn = isWhole ? nil : last
    if request.isBefore {
      page.calls = calls.reversed()
      page.previous = goesOn
      page.next = page.calls.last?.row ?? request.cursor
    } else {
      page.calls = calls
      page.next = goesOn
      page.previous = request.cursor == nil ? nil : calls.first?.row ?? request.cursor
    }
  }

  func count() throws -> CDRPage.Count {
    var sessions: Set<Int64> = []
    var passes = Passing(0)
    let isWhole = try forEachMatch(passing: &passes) { place in
      sessions.insert(place.session)
      return sessions.count <= request.countMax
    }
    return isWhole ? .exactly(sessions.count) : .atLeast(min(sessions.count, request.countMax))
  }
}
