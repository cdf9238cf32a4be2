import GRDB

/// When the indexes of table `cdr` are brought up to date.
public enum IndexUpkeep: Hashable, Sendable, CaseIterable {
  /// With every row: a query is fast at any moment. For a store that is read while it grows.
  case withEveryRow
  /// The same with the indexes that pages of the list of calls take: every condition, every order.
  case withEveryRowForPages
  /// Once, when the store is closed, if it has so many rows that they pay off: sorting all rows at the end costs a
  /// fraction of finding the place of each as it comes. A program that dies before leaves every durable row, and
  /// queries that take longer. A database that has indexes keeps them up with every row all the same.
  case whenClosed
}

/// The indexes of table `cdr`: each finds the rows of one value, in the order of their start.
///
/// They hold nothing of their own, so they are no part of the migrations and may be missing: every query gives the same
/// rows without them, only later.
enum RowIndexes {
  /// Rows without a trunk or an account are no part of those indexes, so a query has to say that it wants none of them.
  static let definitions = [
    "cdr_by_start ON cdr(start_us)",
    "cdr_by_src ON cdr(src, start_us)",
    "cdr_by_dst ON cdr(dst, start_us)",
    "cdr_by_disposition ON cdr(disposition, start_us)",
    "cdr_by_userfield ON cdr(userfield, start_us)",
    "cdr_by_src_trunk ON cdr(src_trunk_name, start_us) WHERE src_trunk_name <> ''",
    "cdr_by_dst_trunk ON cdr(dst_trunk_name, start_us) WHERE dst_trunk_name <> ''",
    "cdr_by_accountcode ON cdr(accountcode, start_us) WHERE accountcode <> ''",
    "cdr_by_session ON cdr(session)",
  ]

  /// Those that an appliance's doors take besides, where the table is looked at while it grows: every condition, and
  /// every column the list of calls is sorted by.
  static let definitionsForPages = [
    "cdr_by_caller_name ON cdr(caller_name, start_us)",
    "cdr_by_dstanswer ON cdr(dstanswer, start_us)",
    "cdr_by_action_type ON cdr(action_type, start_us)",
    "cdr_by_billsec ON cdr(billsec, start_us)",
    "cdr_by_channel_ext ON cdr(channel_ext, start_us)",
    "cdr_by_dstchannel_ext ON cdr(dstchannel_ext, start_us)",
    "cdr_by_end ON cdr(end_us, start_us)",
    "cdr_by_length ON cdr(end_us - start_us)",
    "cdr_by_acctid ON cdr(\"AcctId\", start_us)",
  ]

  /// Those that are there from the opening of a store on.
  static func definitions(of upkeep: IndexUpkeep) -> [String] {
    switch upkeep {
    case .withEveryRow: definitions
    case .withEveryRowForPages: definitions + definitionsForPages
    case .whenClosed: []
    }
  }

  /// With fewer rows a query goes through all of them in less time than a program takes to start.
  static let rowsMin = 100_000

  static func areWorthwhile(in queue: DatabaseQueue) throws -> Bool {
    try queue.read { try Int.fetchOne($0, sql: "SELECT max(id) FROM cdr") ?? 0 } >= rowsMin
  }

  /// Makes those that are missing, each in a transaction of its own, so that the log stays small.
  static func lay(_ definitions: [String] = definitions, in queue: DatabaseQueue) throws {
    for definition in definitions {
      try queue.writeWithoutTransaction { try $0.execute(sql: "CREATE INDEX IF NOT EXISTS \(definition)") }
    }
  }

  /// Whether one of these is still to be made.
  static func areMissing(_ definitions: [String], in db: Database) throws -> Bool {
    let known = try names(in: db)
    return definitions.contains { definition in !known.contains(String(definition.prefix { $0 != " " })) }
  }

  /// Names of those that are there.
  static func names(in db: Database) throws -> Set<String> {
    try String.fetchSet(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'cdr'")
  }
}
