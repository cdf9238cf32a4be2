import Foundation
import GRDB
import PBXModel
import Primitives

/// Values of which a row must have one.
struct QueryCondition {
  /// One value, in SQL that an index may serve, and in SQL that keeps every index out.
  struct Alternative {
    let indexed: String
    let unindexed: String
    let arguments: [any DatabaseValueConvertible]
    /// Whether its rows lie in one run of the index, in the order of their start.
    let isEquality: Bool
    /// Whether its rows may lie anywhere in the index.
    let isScan: Bool

    init(
      _ column: String, isEquality: Bool = false, isScan: Bool = false, _ arguments: [any DatabaseValueConvertible],
      sql: (String) -> String
    ) {
      self.isScan = isScan
      indexed = sql(column)
      // https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
      unindexed = sql("+" + column)
      self.arguments = arguments
      self.isEquality = isEquality
    }
  }

  var alternatives: [Alternative]
  /// The indexes that hold the columns of every alternative; nil where one has none.
  var indexes: Set<String>?

  var unindexedSQL: String { "(" + alternatives.map(\.unindexed).joined(separator: " OR ") + ")" }
  /// Rows by their ids, which are found by the indexes; within the bounds of the start where an index has it.
  func idsSQL(_ start: StartRange) -> String {
    let parts = alternatives.map { "SELECT id FROM cdr WHERE \($0.narrowed(start))" }
    return "id IN (\(parts.joined(separator: " UNION ALL ")))"
  }
  func idsArguments(_ start: StartRange) -> [any DatabaseValueConvertible] {
    alternatives.flatMap { $0.narrowedArguments(start) }
  }
  var arguments: [any DatabaseValueConvertible] { alternatives.flatMap(\.arguments) }
}

extension QueryCondition.Alternative {
  /// Beside anything but one value the start would keep the index from holding all that is asked.
  func narrowed(_ start: StartRange) -> String {
    isEquality && start.isGiven ? "\(indexed) AND \(start.sql)" : indexed
  }

  func narrowedArguments(_ start: StartRange) -> [any DatabaseValueConvertible] {
    isEquality && start.isGiven ? arguments + start.arguments : arguments
  }

  /// As bytes, because GRDB binds a string only up to its first NUL.
  static func text(_ column: String, _ value: String) -> Self {
    Self(column, isEquality: true, [Data(value.utf8)]) { "\($0) = CAST(? AS TEXT)" }
  }

  /// For columns whose index leaves out the rows where they are empty.
  static func filled(_ column: String, _ value: String) -> Self {
    Self(column, isEquality: true, [Data(value.utf8)]) { "\($0) = CAST(? AS TEXT) AND \($0) <> ''" }
  }

  static func pattern(_ column: String, _ pattern: NumberPattern) -> [Self] {
    switch pattern.form {
    case .exact(let value): [text(column, value)]
    case .notANumber: [Self(column, isScan: true, []) { "(\($0) = '' OR \($0) GLOB '*[^0-9]*')" }]
    case .range(let first, let last): range(column, first, last)
    case .pieces(let pieces): [glob(column, pieces)]
    }
  }

  /// From `low` on, up to `high` or below it; none where neither is given.
  static func between(_ column: String, _ low: Int64?, _ sign: String, _ high: Int64?) -> [Self] {
    let terms: [String] = (low == nil ? [] : [">= ?"]) + (high == nil ? [] : ["\(sign) ?"])
    guard !terms.isEmpty else { return [] }
    let bounds = [low, high].compactMap(\.self)
    return [Self(column, bounds) { column in "(" + terms.map { "\(column) \($0)" }.joined(separator: " AND ") + ")" }]
  }

  /// Numbers are compared digit by digit, so one alternative for each number of digits.
  private static func range(_ column: String, _ first: String, _ last: String) -> [Self] {
    guard first.utf8.count <= last.utf8.count else { return [] }
    return (first.utf8.count...last.utf8.count).map { digits in
      let low = digits == first.utf8.count ? first : "1" + String(repeating: "0", count: digits - 1)
      let high = digits == last.utf8.count ? last : String(repeating: "9", count: digits)
      return Self(column, [low, high, digits]) {
        "(\($0) BETWEEN ? AND ? AND length(\($0)) = ? AND \($0) NOT GLOB '*[^0-9]*')"
      }
    }
  }

  private static func glob(_ column: String, _ pieces: [NumberPattern.Piece]) -> Self {
    let pattern = pieces.map(\.glob).joined()
    guard case .literal(let prefix) = pieces.first else {
      return Self(column, isScan: true, [pattern]) { "\($0) GLOB ?" }
    }
    // No text that begins with the prefix is above it with the last of all characters behind.
    return Self(column, [prefix, prefix + "\u{10FFFF}", pattern]) { "(\($0) >= ? AND \($0) < ? AND \($0) GLOB ?)" }
  }
}

extension NumberPattern.Piece {
  fileprivate var glob: String {
    switch self {
    case .anyRun: "*"
    case .anyCharacter: "?"
    case .anyDigit: "[0-9]"
    case .literal(let text): text.map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined()
    }
  }
}

extension QueryCondition.Alternative {
  /// Texts that hold `part`; letters of ASCII are the same in either case.
  static func containing(_ column: String, _ part: String) -> Self {
    let escaped = part.map { "\\%_".contains($0) ? "\\\($0)" : String($0) }.joined()
    return Self(column, ["%\(escaped)%"]) { "\($0) LIKE ? ESCAPE '\\'" }
  }
}

extension CDRQuery {
  /// Every condition but that of the start.
  var conditions: [QueryCondition] {
    typealias Alternative = QueryCondition.Alternative
    var found: [QueryCondition] = []
    func require(_ index: String?, _ alternatives: [Alternative]) {
      guard !alternatives.isEmpty else { return }
      found.append(QueryCondition(alternatives: alternatives, indexes: index.map { ["cdr_by_" + $0] }))
    }
    require("session", sessions.map { .text("session", $0) })
    require("src", callers.flatMap { Alternative.pattern("src", $0) })
    require("dst", callees.flatMap { Alternative.pattern("dst", $0) })
    requireTrunk(sourceTrunks, ["src"], into: &found)
    requireTrunk(destinationTrunks, ["dst"], into: &found)
    requireTrunk(trunks, ["src", "dst"], into: &found)
    require("disposition", dispositions.map { .text("disposition", $0.rawValue) })
    require("userfield", types.map { .text("userfield", $0.rawValue) })
    require("dstanswer", answeredBy.flatMap { Alternative.pattern("dstanswer", $0) })
    require("caller_name", callerNames.flatMap { Alternative.pattern("caller_name", $0) })
    require(nil, callerNameParts.map { .containing("caller_name", $0) })
    require(
      accounts.contains("") ? nil : "accountcode",
      accounts.map { $0.isEmpty ? .text("accountcode", $0) : .filled("accountcode", $0) })
    require(
      "action_type",
      actions.flatMap { action in
        // All that begin with the name and a bracket: `\\` is the character after it.
        [
          .text("action_type", action),
          Alternative("action_type", [action + "[", action + "\\"]) { "(\($0) >= ? AND \($0) < ?)" },
        ]
      })
    require("billsec", Alternative.between("billsec", minimumTalkSeconds, "<=", maximumTalkSeconds))
    require(
      "end",
      Alternative.between("end_us", endingFrom?.microsecondsRoundedUp, "<", endingBefore?.microsecondsRoundedUp))
    require("acctid", rowIDs.map { id in Alternative("\"AcctId\"", isEquality: true, [id]) { "\($0) = ?" } })
    return found
  }

  /// A trunk goes by its name in a column of its own, and by its index where the channel's end is named.
  private func requireTrunk(_ trunks: [String], _ sides: [String], into found: inout [QueryCondition]) {
    guard !trunks.isEmpty else { return }
    let isIndex = { (trunk: String) in
      trunk.hasPrefix("trunk_") && !trunk.dropFirst(6).isEmpty && trunk.dropFirst(6).allSatisfy(\.isNumber)
    }
    var indexes = Set(sides.map { "cdr_by_\($0)_trunk" })
    let alternatives = trunks.flatMap { trunk in
      sides.flatMap { side -> [QueryCondition.Alternative] in
        let byName = QueryCondition.Alternative.filled("\(side)_trunk_name", trunk)
        guard isIndex(trunk) else { return [byName] }
        let column = side == "src" ? "channel_ext" : "dstchannel_ext"
        indexes.insert("cdr_by_" + column)
        return [byName, .text(column, trunk)]
      }
    }
    found.append(QueryCondition(alternatives: alternatives, indexes: indexes))
  }
}
