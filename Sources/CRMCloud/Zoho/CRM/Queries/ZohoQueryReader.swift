import Primitives

/// Reads COQL (documented; upper and lower case of its keywords are the same).
struct ZohoQueryReader {
  private let tokens: [ZohoQueryToken]
  private let end: Int
  private let version: ZohoAPIVersion
  private var position = 0
  private var module = ZohoModuleName.contacts

  /// Columns of one query (documented).
  static let maximumColumns = 50
  /// Conditions of one query (documented: 25).
  static let maximumTerms = 25

  static func read(_ text: String, _ version: ZohoAPIVersion) throws(ZohoQuery.Failure) -> ZohoQuery {
    var reader = ZohoQueryReader(
      tokens: try ZohoQueryToken.read(text), end: text.utf8.count, version: version)
    return try reader.query()
  }

  private init(tokens: [ZohoQueryToken], end: Int, version: ZohoAPIVersion) {
    self.tokens = tokens
    self.end = end
    self.version = version
  }

  private mutating func query() throws(ZohoQuery.Failure) -> ZohoQuery {
    try expect("select")
    var names: [(name: String, aggregate: ZohoAggregate?, alias: String?)] = []
    repeat {
      var name = try word()
      var aggregate: ZohoAggregate?
      if takeSymbol("(") {
        guard version.hasAggregates, let function = ZohoAggregate(rawValue: name) else { throw failure }
        aggregate = function
        name = try word()
        guard takeSymbol(")") else { throw failure }
      }
      names.append((name, aggregate, take("as") ? try word() : nil))
      guard names.count <= Self.maximumColumns else { throw failure }
    } while takeSymbol(",")
    try expect("from")
    let moduleName = try word()
    guard let module = ZohoModuleName(rawValue: moduleName) else { throw .unknownModule(moduleName) }
    self.module = module
    var columns: [ZohoQuery.Column] = []
    for (name, aggregate, alias) in names {
      let shown = aggregate.map { "\($0.rawValue)(\(name))" } ?? name
      let column = ZohoQuery.Column(path: try path(name), aggregate: aggregate, name: alias ?? shown)
      guard aggregate?.takes(column.path.last.kind) ?? true else { throw .unknownColumn(name) }
      let isDouble = columns.contains { $0.path == column.path && $0.aggregate == aggregate }
      guard aggregate == nil || !isDouble else { throw .duplicateColumn(name) }
      columns.append(column)
    }
    try expect("where")
    let condition = try sequence(depth: 0)
    guard condition.terms.count <= Self.maximumTerms else { throw failure }
    let groups = try groups()
    let query = ZohoQuery(
      module: module, columns: columns, condition: condition, groups: groups, order: [], limit: 0, offset: 0)
    if query.isGrouped, let other = columns.first(where: { $0.aggregate == nil && !groups.contains($0.path) }) {
      throw .unknownColumn(other.name)
    }
    let order = try order()
    if query.isGrouped, let other = order.first(where: { !groups.contains($0.path) }) {
      throw .unknownColumn(other.path.text)
    }
    let (limit, offset) = try limits()
    guard position == tokens.count else { throw failure }
    return ZohoQuery(
      module: module, columns: columns, condition: condition, groups: groups, order: order, limit: limit,
      offset: offset)
  }

  /// One condition or two: more are nested in parentheses by pairs (documented).
  private mutating func sequence(depth: Int) throws(ZohoQuery.Failure) -> ZohoCondition {
    guard depth <= ZohoCondition.maximumDepth else { throw failure }
    let first = try operand(depth: depth)
    if take("and") { return .all([first, try operand(depth: depth)]) }
    if take("or") { return .any([first, try operand(depth: depth)]) }
    return first
  }

  private mutating func operand(depth: Int) throws(ZohoQuery.Failure) -> ZohoCondition {
    if takeSymbol("(") {
      let inside = try sequence(depth: depth + 1)
      guard takeSymbol(")") else { throw failure }
      return inside
    }
    let name = try word()
    let path = try path(name)
    let (comparison, values) = try comparison()
    guard let term = ZohoTerm(path, comparison, values) else { throw .invalidValue(column: name) }
    return .term(term)
  }

  private mutating func comparison() throws(ZohoQuery.Failure) -> (ZohoOperator, [String]) {
    let symbols: [(String, ZohoOperator)] = [
      ("=", .equals), ("!=", .notEqual), ("<>", .notEqual), (">", .greater), (">=", .greaterOrEqual), ("<", .less),
      ("<=", .lessOrEqual),
    ]
    for (symbol, comparison) in symbols where takeSymbol(symbol) { return (comparison, [try value()]) }
    if take("is") {
      let isNot = take("not")
      try expect("null")
      return (isNot ? .isNotNull : .isNull, [])
    }
    let isNot = take("not")
    if take("like") { return (isNot ? .notLike : .like, [try value()]) }
    if take("in") {
      guard takeSymbol("(") else { throw failure }
      var values: [String] = []
      repeat { values.append(try value()) } while takeSymbol(",")
      guard takeSymbol(")") else { throw failure }
      return (isNot ? .notIn : .isIn, values)
    }
    try expect("between")
    let first = try value()
    try expect("and")
    return (isNot ? .notBetween : .between, [first, try value()])
  }

  /// `group by` (documented from v3 on). Other columns than functions have to be among them (assumed of SQL).
  private mutating func groups() throws(ZohoQuery.Failure) -> [ZohoFieldPath] {
    guard version.groupsQueries, take("group") else { return [] }
    try expect("by")
    var groups: [ZohoFieldPath] = []
    repeat {
      groups.append(try path(try word()))
      guard groups.count <= Self.maximumColumns else { throw failure }
    } while takeSymbol(",")
    return groups
  }

  private mutating func order() throws(ZohoQuery.Failure) -> [(path: ZohoFieldPath, isDescending: Bool)] {
    guard take("order") else { return [] }
    try expect("by")
    var order: [(path: ZohoFieldPath, isDescending: Bool)] = []
    repeat {
      let path = try path(try word())
      let isDescending = take("desc")
      if !isDescending { _ = take("asc") }
      order.append((path, isDescending))
      guard order.count <= 10 else { throw failure }
    } while takeSymbol(",")
    return order
  }

  /// `limit n`, `limit offset, n` and `limit n offset m` (documented); 200 rows where it says nothing.
  private mutating func limits() throws(ZohoQuery.Failure) -> (limit: Int, offset: Int) {
    var limit = 200
    var offset = 0
    if take("limit") {
      limit = try number()
      if takeSymbol(",") { (offset, limit) = (limit, try number()) }
    }
    if take("offset") { offset = try number() }
    guard limit <= version.maximumQueryRows else { throw .limitExceeded(version.maximumQueryRows) }
    // Documented: 2000 rows further no query sees; a page more is let through.
    guard offset <= 100_000 else { throw .limitExceeded(100_000) }
    return (limit, offset)
  }

  private func path(_ name: String) throws(ZohoQuery.Failure) -> ZohoFieldPath {
    guard let path = ZohoFieldPath(name, in: module, version) else { throw .unknownColumn(name) }
    return path
  }

  private mutating func word() throws(ZohoQuery.Failure) -> String {
    guard case .word(let word) = peek?.kind, !Self.keywords.contains(word.lowercased()) else { throw failure }
    position += 1
    return word
  }

  private mutating func value() throws(ZohoQuery.Failure) -> String {
    switch peek?.kind {
    case .text(let text), .number(let text):
      position += 1
      return text
    case .word(let word) where ["true", "false", "null"].contains(word.lowercased()):
      position += 1
      return word.lowercased()
    case .word, .symbol, nil: throw failure
    }
  }

  private mutating func number() throws(ZohoQuery.Failure) -> Int {
    guard case .number(let text) = peek?.kind, text.isDigits(1...9), let number = Int(text) else { throw failure }
    position += 1
    return number
  }

  private var peek: ZohoQueryToken? { position < tokens.count ? tokens[position] : nil }
  private var failure: ZohoQuery.Failure { .syntax(at: peek?.start ?? end) }

  private mutating func take(_ keyword: String) -> Bool {
    guard case .word(let word) = peek?.kind, word.lowercased() == keyword else { return false }
    position += 1
    return true
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    guard peek?.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ keyword: String) throws(ZohoQuery.Failure) {
    guard take(keyword) else { throw failure }
  }

  private static let keywords: Set<String> = [
    "select", "from", "where", "and", "or", "not", "like", "in", "is", "null", "between", "order", "by", "asc", "desc",
    "limit", "offset", "as", "group",
  ]
}
