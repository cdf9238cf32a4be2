/// Reads a script; a mistake is told with its line, and nothing in a text makes it recurse or grow without end.
struct DelugeParser {
  static let maximumDepth = 16
  private typealias Expression = DelugeScript.Expression
  private typealias Statement = DelugeScript.Statement

  private let tokens: [DelugeToken]
  private var index = 0
  private var depth = 0

  static func script(_ text: String) throws(DelugeError) -> DelugeScript {
    var parser = DelugeParser(tokens: try DelugeScanner.tokens(of: text))
    var statements: [Statement] = []
    while parser.current.kind != .end { statements.append(try parser.statement()) }
    return DelugeScript(statements: statements)
  }

  private init(tokens: [DelugeToken]) { self.tokens = tokens }

  // The last token is always the end, which nothing steps over.
  private var current: DelugeToken { peek(0) }
  private func peek(_ distance: Int) -> DelugeToken {
    index + distance < tokens.count ? tokens[index + distance] : tokens.last ?? DelugeToken(kind: .end, line: 1)
  }

  private mutating func step() {
    if index + 1 < tokens.count { index += 1 }
  }

  private func error(_ message: String) -> DelugeError { DelugeError(line: current.line, message: message) }

  private func isAt(_ sign: Character) -> Bool { current.kind == .sign(sign) }

  private mutating func accept(_ sign: Character) -> Bool {
    guard isAt(sign) else { return false }
    step()
    return true
  }

  private mutating func expect(_ sign: Character) throws(DelugeError) {
    guard accept(sign) else { throw error("'\(sign)' is missing.") }
  }

  private mutating func word() throws(DelugeError) -> String {
    guard case .word(let word) = current.kind else { throw error("A name is missing.") }
    step()
    return word
  }

  private mutating func enter() throws(DelugeError) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("This is nested too deep.") }
  }

  private mutating func statement() throws(DelugeError) -> Statement {
    try enter()
    defer { depth -= 1 }
    let line = current.line
    switch (current.kind, peek(1).kind) {
    case (.word("info"), _) where peek(1).kind != .sign("="):
      step()
      let value = try expression()
      try expect(";")
      return Statement(line: line, kind: .info(value))
    case (.word("return"), _):
      step()
      let value = isAt(";") ? nil : try expression()
      try expect(";")
      return Statement(line: line, kind: .returning(value))
    case (.word("for"), .word("each")):
      step()
      step()
      return Statement(line: line, kind: try loop())
    case (.word(let name), .sign("=")):
      step()
      step()
      let value = try expression()
      try expect(";")
      return Statement(line: line, kind: .assign(name, value))
    case _:
      let value = try expression()
      try expect(";")
      return Statement(line: line, kind: .call(value))
    }
  }

  private mutating func loop() throws(DelugeError) -> Statement.Kind {
    let name = try word()
    guard try word() == "in" else { throw error("'in' is missing.") }
    let list = try expression()
    try expect("{")
    var statements: [Statement] = []
    while !isAt("}") {
      guard current.kind != .end else { throw error("'}' is missing.") }
      statements.append(try statement())
    }
    try expect("}")
    return .forEach(name, in: list, statements)
  }

  private mutating func expression() throws(DelugeError) -> Expression {
    try enter()
    defer { depth -= 1 }
    let line = current.line
    var parts = [try term()]
    while accept("+") { parts.append(try term()) }
    return parts.count == 1 ? parts[0] : Expression(line: line, kind: .joined(parts))
  }

  private mutating func term() throws(DelugeError) -> Expression {
    var value = try primary()
    var calls = 0
    while isAt(".") {
      calls += 1
      guard calls <= 20 else { throw error("Too many calls follow each other.") }
      let line = current.line
      step()
      let name = try word()
      value = Expression(line: line, kind: .method(of: value, name: name, try arguments()))
    }
    return value
  }

  private mutating func arguments() throws(DelugeError) -> [Expression] {
    try expect("(")
    var arguments: [Expression] = []
    while !isAt(")") {
      arguments.append(try expression())
      if !accept(",") { break }
    }
    try expect(")")
    return arguments
  }

  private mutating func primary() throws(DelugeError) -> Expression {
    let token = current
    func made(_ kind: Expression.Kind) -> Expression { Expression(line: token.line, kind: kind) }
    switch token.kind {
    case .text(let text):
      step()
      return made(.text(text))
    case .number(let number):
      step()
      return made(.number(number))
    case .sign("-"):
      step()
      guard case .number(let number) = current.kind else { throw error("A number is missing.") }
      step()
      return made(.number(-number))
    case .sign("("):
      step()
      let value = try expression()
      try expect(")")
      return value
    case .sign("{"): return made(try braces())
    case .word(let word):
      step()
      return made(try named(word))
    case .sign, .end: throw error("A value is missing.")
    }
  }

  private mutating func named(_ word: String) throws(DelugeError) -> Expression.Kind {
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "invokeurl": return .invokeURL(try entries())
    case "Map" where isAt("("), "List" where isAt("("):
      guard try arguments().isEmpty else { throw error("\(word)() takes nothing.") }
      return word == "Map" ? .map([]) : .list([])
    case "zoho" where isAt("."):
      var path = word
      while accept(".") { path += "." + (try self.word()) }
      let arguments = try arguments()
      guard path == "zoho.crm.invokeConnector", arguments.count == 2 else {
        throw error("The task \(path.prefix(60)) is not simulated here.")
      }
      return .invokeConnector(arguments[0], arguments[1])
    case _: return .variable(word)
    }
  }

  /// `{"a":1}` is a map, `{1,2}` a list (documented); `{}` is a map.
  private mutating func braces() throws(DelugeError) -> Expression.Kind {
    try expect("{")
    var pairs: [Expression.Pair] = []
    var elements: [Expression] = []
    while !isAt("}") {
      let value = try expression()
      if accept(":") {
        pairs.append(.init(name: value, value: try expression()))
      } else {
        elements.append(value)
      }
      if !accept(",") { break }
    }
    try expect("}")
    guard pairs.isEmpty || elements.isEmpty else { throw error("A map and a list do not mix.") }
    return elements.isEmpty ? .map(pairs) : .list(elements)
  }

  /// `[ url : … type : GET … ]`, with or without commas.
  private mutating func entries() throws(DelugeError) -> [Expression.Pair] {
    try expect("[")
    var entries: [Expression.Pair] = []
    while !isAt("]") {
      let line = current.line
      var name = try word().lowercased()
      if accept("-") { name += "-" + (try word()).lowercased() }
      guard InvokeURL.entryNames.contains(name) else {
        throw DelugeError(line: line, message: "invokeurl knows no \(name.prefix(60)).")
      }
      try expect(":")
      let value: Expression
      // The method is a bare word.
      if name == "type", case .word(let method) = current.kind {
        value = Expression(line: current.line, kind: .text(method))
        step()
      } else {
        value = try expression()
      }
      entries.append(.init(name: Expression(line: line, kind: .text(name)), value: value))
      _ = accept(",")
    }
    try expect("]")
    return entries
  }
}
