/// Reads the query language (measured, and from the server's grammar).
struct VtigerQueryReader {
  /// Whether parentheses are taken and the semicolon may be missing, as coreBOS does (measured).
  private let isSloppy: Bool
  private var lexer: VtigerQueryLexer
  private var token = VtigerQueryToken.end
  private var depth = 0

  /// Groups in groups; more is an error of the server (ours).
  private static let depthMax = 32
  /// Terms of a list of columns, values or an order (ours).
  private static let termsMax = 1000

  init(_ text: String, isSloppy: Bool) {
    lexer = VtigerQueryLexer(text)
    self.isSloppy = isSloppy
  }

  mutating func read() throws(VtigerError) -> VtigerQuery {
    try advance()
    var query = VtigerQuery()
    try take(.select)
    query.columns = try columns()
    try take(.from)
    query.module = try name()
    if try skip(.keyword(.where)) { query.condition = try condition() }
    if try skip(.keyword(.order)) {
      try take(.by)
      query.order = try order()
    }
    if try skip(.keyword(.limit)) { (query.offset, query.limit) = try limit() }
    guard try skip(.symbol(";")) || (isSloppy && token == .end) else { throw unexpected("SEMICOLON") }
    guard token == .end else { throw unexpected("end of query") }
    return query
  }

  private mutating func columns() throws(VtigerError) -> VtigerQuery.Columns {
    if try skip(.symbol("*")) { return .all }
    if try skip(.keyword(.count)) {
      try take("(")
      try take("*")
      try take(")")
      return .count
    }
    var fields = [try name()]
    while try skip(.symbol(",")) { fields.append(try name()) }
    return .fields(fields)
  }

  private mutating func condition() throws(VtigerError) -> VtigerCondition {
    var condition = VtigerCondition(first: try node())
    while true {
      if try skip(.keyword(.and)) {
        condition.rest.append((true, try node()))
      } else if try skip(.keyword(.or)) {
        condition.rest.append((false, try node()))
      } else {
        return condition
      }
      guard condition.rest.count <= Self.termsMax else { throw .internal }
    }
  }

  private mutating func node() throws(VtigerError) -> VtigerCondition.Node {
    guard isSloppy, token == .symbol("(") else { return .comparison(try comparison()) }
    guard depth < Self.depthMax else { throw .internal }
    depth += 1
    try advance()
    let inner = try condition()
    try take(")")
    depth -= 1
    return .group(inner)
  }

  private mutating func comparison() throws(VtigerError) -> VtigerComparison {
    let field = try name()
    if try skip(.keyword(.in)) {
      try take("(")
      var values = [try value()]
      while values.count <= Self.termsMax, try skip(.symbol(",")) { values.append(try value()) }
      try take(")")
      return VtigerComparison(field: field, .among, values)
    }
    if try skip(.keyword(.like)) { return VtigerComparison(field: field, .like, [try value()]) }
    guard case .symbol(let sign) = token, let operation = VtigerComparison.Operation(rawValue: sign) else {
      throw unexpected("EQ, NE, LT, GT, LTE, GTE, LIKE, IN")
    }
    try advance()
    return VtigerComparison(field: field, operation, [try value()])
  }

  private mutating func value() throws(VtigerError) -> VtigerQueryToken {
    switch token {
    case .text, .word, .number:
      let value = token
      try advance()
      return value
    case .keyword, .symbol, .end: throw unexpected("STRING, COLUMNNAME")
    }
  }

  private mutating func order() throws(VtigerError) -> [VtigerQuery.Order] {
    var order: [VtigerQuery.Order] = []
    repeat {
      let field = try name()
      let isDescending = try skip(.keyword(.desc))
      if !isDescending { _ = try skip(.keyword(.asc)) }
      order.append(VtigerQuery.Order(field: field, isDescending: isDescending))
      guard order.count <= Self.termsMax else { throw .internal }
    } while try skip(.symbol(","))
    return order
  }

  /// `limit count` or `limit offset, count`.
  private mutating func limit() throws(VtigerError) -> (offset: Int, limit: Int) {
    let first = try whole()
    return try skip(.symbol(",")) ? (first, try whole()) : (0, first)
  }

  private mutating func whole() throws(VtigerError) -> Int {
    guard case .number(let digits) = token, let number = Int(digits), number >= 0 else { throw unexpected("NUMBER") }
    try advance()
    return number
  }

  private mutating func name() throws(VtigerError) -> String {
    guard case .word(let name) = token else { throw unexpected("COLUMNNAME") }
    try advance()
    return name
  }

  private mutating func take(_ keyword: VtigerKeyword) throws(VtigerError) {
    guard try skip(.keyword(keyword)) else { throw unexpected(keyword.rawValue.uppercased()) }
  }

  private mutating func take(_ symbol: String) throws(VtigerError) {
    guard try skip(.symbol(symbol)) else { throw unexpected(symbol) }
  }

  private mutating func skip(_ wanted: VtigerQueryToken) throws(VtigerError) -> Bool {
    guard token == wanted else { return false }
    try advance()
    return true
  }

  private mutating func advance() throws(VtigerError) { token = try lexer.next() }

  /// The server's words in part (measured: the end of the message).
  private func unexpected(_ expected: String) -> VtigerError {
    VtigerError(
      "QUERY_SYNTAX_ERROR", "Syntax Error on line 1: token '\(token.words)' ; expected one of: \(expected)")
  }
}
