/// Reads the `query` argument of v4_1: a condition of SQL with the table's name before every column (measured).
struct SugarConditionReader {
  enum Fault: Error {
    /// Functions and inner selects: number 40 (measured).
    case accessDenied
    /// A column without prefix or that is not there, or what is no SQL: status 500 (measured).
    case databaseFailure
  }

  private let module: SugarModule
  private let tokens: [Token]
  private var at = 0
  private var depth = 0

  fileprivate enum Token: Equatable {
    case word(String)
    case text(String)
    case number(Double)
    case sign(String)
  }

  /// The longest condition that is read.
  static let maximumBytes = 1 << 16

  static func read(_ text: String, of module: SugarModule) throws(Fault) -> SugarCondition {
    guard text.utf8.count <= maximumBytes else { throw .databaseFailure }
    var reader = SugarConditionReader(module: module, tokens: try tokens(of: text))
    if reader.tokens.isEmpty { return .every([]) }
    if reader.tokens.contains(where: { $0.isWord("select") || $0.isWord("union") }) { throw .accessDenied }
    let condition = try reader.disjunction()
    guard reader.at == reader.tokens.count else { throw .databaseFailure }
    return condition
  }

  private init(module: SugarModule, tokens: [Token]) {
    self.module = module
    self.tokens = tokens
  }

  private mutating func disjunction() throws(Fault) -> SugarCondition {
    var terms = [try conjunction()]
    while take("or") { terms.append(try conjunction()) }
    return .any(terms)
  }

  private mutating func conjunction() throws(Fault) -> SugarCondition {
    var terms = [try negation()]
    while take("and") { terms.append(try negation()) }
    return .every(terms)
  }

  private mutating func negation() throws(Fault) -> SugarCondition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64 else { throw .databaseFailure }
    if take("not") { return .not(try negation()) }
    if takeSign("(") {
      let inner = try disjunction()
      guard takeSign(")") else { throw .databaseFailure }
      return inner
    }
    return try comparison()
  }

  private mutating func comparison() throws(Fault) -> SugarCondition {
    guard let token = next() else { throw .databaseFailure }
    switch token {
    case .number(let number):
      // `1 = 1`, with which generated conditions begin.
      guard takeSign("="), case .number(let other)? = next() else { throw .databaseFailure }
      return .constant(number == other)
    case .word(let word):
      if peekSign("(") { throw .accessDenied }
      return try comparison(of: try column(word))
    case .text, .sign: throw .databaseFailure
    }
  }

  private mutating func comparison(of column: String) throws(Fault) -> SugarCondition {
    if take("is") {
      let isNegated = take("not")
      guard take("null") else { throw .databaseFailure }
      return isNegated ? .not(.isUnset(column: column)) : .isUnset(column: column)
    }
    if take("not") { return .not(try textual(column)) }
    if let operation = nextOperation() { return .compare(column: column, operation, try literal()) }
    return try textual(column)
  }

  private mutating func textual(_ column: String) throws(Fault) -> SugarCondition {
    if take("like") {
      guard case .text(let pattern) = try literal() else { throw .databaseFailure }
      return .like(column: column, SugarPattern(pattern))
    }
    if take("regexp") || take("rlike") {
      guard case .text(let text) = try literal(), let expression = SugarExpression(text) else { throw .databaseFailure }
      return .matches(column: column, expression)
    }
    guard take("in"), takeSign("(") else { throw .databaseFailure }
    var literals = [try literal()]
    while takeSign(",") { literals.append(try literal()) }
    guard takeSign(")") else { throw .databaseFailure }
    return .among(column: column, literals)
  }

  /// `contacts.phone_work`, whatever the case of the table's name.
  private func column(_ word: String) throws(Fault) -> String {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == module.tableName,
      let field = module.field(parts[1].lowercased()), field.isColumn
    else { throw .databaseFailure }
    return field.name
  }

  private mutating func literal() throws(Fault) -> SugarCondition.Literal {
    switch next() {
    case .text(let text): return .text(text)
    case .number(let number): return .number(number)
    case .word: throw peekSign("(") ? .accessDenied : .databaseFailure
    case .sign, nil: throw .databaseFailure
    }
  }

  private mutating func nextOperation() -> SugarCondition.Comparison? {
    let operations: [(String, SugarCondition.Comparison)] = [
      ("=", .equal), ("!=", .unequal), ("<>", .unequal), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less),
      (">", .greater),
    ]
    for (sign, operation) in operations where takeSign(sign) { return operation }
    return nil
  }

  private mutating func next() -> Token? {
    guard at < tokens.count else { return nil }
    at += 1
    return tokens[at - 1]
  }

  private mutating func take(_ word: String) -> Bool {
    guard at < tokens.count, tokens[at].isWord(word) else { return false }
    at += 1
    return true
  }

  private func peekSign(_ sign: String) -> Bool { at < tokens.count && tokens[at] == .sign(sign) }

  private mutating func takeSign(_ sign: String) -> Bool {
    guard peekSign(sign) else { return false }
    at += 1
    return true
  }
}

extension SugarConditionReader {
  private static func tokens(of text: String) throws(Fault) -> [Token] {
    var tokens: [Token] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "`"):
        rest = rest.dropFirst()
      case UInt8(ascii: "'"), UInt8(ascii: "\""): tokens.append(.text(try string(&rest)))
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"):
        let sign = (48...57).contains(byte) ? 0 : 1
        let digits = rest.dropFirst(sign).prefix { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
        guard let number = Double(String(decoding: rest.prefix(sign + digits.count), as: UTF8.self)) else {
          throw .databaseFailure
        }
        tokens.append(.number(number))
        rest = rest.dropFirst(sign + digits.count)
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="):
        tokens.append(.sign(String(decoding: [byte], as: UTF8.self)))
        rest = rest.dropFirst()
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
        let second = rest.dropFirst().first.flatMap { "=>".utf8.contains($0) ? $0 : nil }
        let sign = String(decoding: [byte] + (second.map { [$0] } ?? []), as: UTF8.self)
        guard ["<", ">", "<=", ">=", "<>", "!="].contains(sign) else { throw .databaseFailure }
        tokens.append(.sign(sign))
        rest = rest.dropFirst(sign.utf8.count)
      case _:
        let word = rest.prefix { isOfWord($0) }
        guard !word.isEmpty else { throw .databaseFailure }
        tokens.append(.word(String(decoding: word, as: UTF8.self)))
        rest = rest.dropFirst(word.count)
      }
      guard tokens.count <= 10_000 else { throw .databaseFailure }
    }
    return tokens
  }

  /// A quote within is doubled or has a backslash before it; `\%` and `\_` stay for the pattern.
  private static func string(_ rest: inout ArraySlice<UInt8>) throws(Fault) -> String {
    let quote = rest.popFirst()
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
        if next == UInt8(ascii: "%") || next == UInt8(ascii: "_") { bytes.append(byte) }
        bytes.append(next)
      } else if byte == quote {
        guard rest.first == quote else { return String(decoding: bytes, as: UTF8.self) }
        rest = rest.dropFirst()
        bytes.append(byte)
      } else {
        bytes.append(byte)
      }
    }
    throw .databaseFailure
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    case _: false
    }
  }
}

extension SugarConditionReader.Token {
  fileprivate func isWord(_ word: String) -> Bool {
    switch self {
    case .word(let own): own.lowercased() == word
    case .text, .number, .sign: false
    }
  }
}
