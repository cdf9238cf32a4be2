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

    init(
      _ column: String, isEquality: Bool = false, _ arguments: [any DatabaseValueConvertible], sql: (String) -> String
    ) {
      indexed = sql(column)
      // https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
      unindexed = sql("+" + column)
      self.arguments = arguments
      self.isEquality = isEquality
    }
  }

  var alternatives: [Alternative]
  /// Whether there is an index that holds the columns of every alternative.
  var hasIndex: Bool

  var unindexedSQL: String { "(" + alternatives.map(\.unindexed).joined(separator: " OR ") + ")" }
  var arguments: [any DatabaseValueConvertible] { alternatives.flatMap(\.arguments) }
}

extension QueryCondition.Alternative {
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
    case .notANumber: [Self(column, []) { "(\($0) = '' OR \($0) GLOB '*[^0-9]*')" }]
    case .range(let first, let last): range(column, first, last)
    case .pieces(let pieces): [glob(column, pieces)]
    }
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
    guard case .literal(let prefix) = pieces.first else { return Self(column, [pattern]) { "\($0) GLOB ?" } }
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

extension CDRQuery {
  /// Every condition but that of the start.
  var conditions: [QueryCondition] {
    typealias Alternative = QueryCondition.Alternative
    var found: [QueryCondition] = []
    func require(hasIndex: Bool, _ alternatives: [Alternative]) {
      if !alternatives.isEmpty { found.append(QueryCondition(alternatives: alternatives, hasIndex: hasIndex)) }
    }
    require(hasIndex: true, sessions.map { .text("session", $0) })
    require(hasIndex: true, callers.flatMap { Alternative.pattern("src", $0) })
    require(hasIndex: true, callees.flatMap { Alternative.pattern("dst", $0) })
    requireTrunk(sourceTrunks, ["src"], into: &found)
    requireTrunk(destinationTrunks, ["dst"], into: &found)
    requireTrunk(trunks, ["src", "dst"], into: &found)
    require(hasIndex: true, dispositions.map { .text("disposition", $0.rawValue) })
    require(hasIndex: true, types.map { .text("userfield", $0.rawValue) })
    require(hasIndex: false, answeredBy.flatMap { Alternative.pattern("dstanswer", $0) })
    require(hasIndex: false, callerNames.flatMap { Alternative.pattern("caller_name", $0) })
    require(
      hasIndex: !accounts.contains(""),
      accounts.map { $0.isEmpty ? .text("accountcode", $0) : .filled("accountcode", $0) })
    require(
      hasIndex: false,
      actions.flatMap { action in
        // All that begin with the name and a bracket: `\\` is the character after it.
        [
          .text("action_type", action),
          Alternative("action_type", [action + "[", action + "\\"]) { "(\($0) >= ? AND \($0) < ?)" },
        ]
      })
    if let seconds = minimumTalkSeconds {
      require(hasIndex: false, [Alternative("billsec", [seconds]) { "\($0) >= ?" }])
    }
    if let seconds = maximumTalkSeconds {
      require(hasIndex: false, [Alternative("billsec", [seconds]) { "\($0) <= ?" }])
    }
    if let end = endingFrom {
      require(hasIndex: false, [Alternative("end_us", [end.microsecondsRoundedUp]) { "\($0) >= ?" }])
    }
    if let end = endingBefore {
      require(hasIndex: false, [Alternative("end_us", [end.microsecondsRoundedUp]) { "\($0) < ?" }])
    }
    require(hasIndex: false, rowIDs.map { id in Alternative("\"AcctId\"", [id]) { "\($0) = ?" } })
    return found
  }

  /// A trunk goes by its name in a column of its own, and by its index where the channel's end is named.
  private func requireTrunk(_ trunks: [String], _ sides: [String], into found: inout [QueryCondition]) {
    guard !trunks.isEmpty else { return }
    let isIndex = { (trunk: String) in
      trunk.hasPrefix("trunk_") && !trunk.dropFirst(6).isEmpty && trunk.dropFirst(6).allSatisfy(\.isNumber)
    }
    let alternatives = trunks.flatMap { trunk in
      sides.flatMap { side -> [QueryCondition.Alternative] in
        let byName = QueryCondition.Alternative.filled("\(side)_trunk_name", trunk)
        let column = side == "src" ? "channel_ext" : "dstchannel_ext"
        return isIndex(trunk) ? [byName, .text(column, trunk)] : [byName]
      }
    }
    found.append(QueryCondition(alternatives: alternatives, hasIndex: !trunks.contains(where: isIndex)))
  }
}
