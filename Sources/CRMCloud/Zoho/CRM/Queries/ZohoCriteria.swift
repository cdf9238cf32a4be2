/// Reads `criteria`: `((Last_Name:equals:Burns\,B)and(First_Name:starts_with:M))`.
///
/// Form, operators and escapes are documented; that `and` binds closer than `or` where both stand in one pair of
/// parentheses is assumed.
struct ZohoCriteria {
  /// Why criteria are not understood: the details of `INVALID_QUERY`.
  enum Failure: Error, Hashable {
    case syntax(at: Int)
    case tooDeep
    case tooManyTerms
    case unknownField(String)
    case unknownOperator(String, field: String)
    case invalidValue(field: String)
  }

  private let bytes: [UInt8]
  private let module: ZohoModuleName
  private let dialect: Dialect

  private enum Dialect {
    case api(ZohoAPIVersion)
    case v1

    var maximumTerms: Int {
      switch self {
      case .api(let version): version.maximumTerms
      case .v1: 5
      }
    }
  }

  private var position = 0
  private var termCount = 0

  /// The condition that the text stands for.
  static func read(
    _ text: String, _ module: ZohoModuleName, _ version: ZohoAPIVersion
  ) throws(Failure) -> ZohoCondition {
    try read(text, module, .api(version))
  }

  /// The same for `searchRecords` of the v1 API: `((Phone:5551234)OR(Mobile:5551234))`, at most five terms, two in a
  /// pair of parentheses (documented); `5551*` for what starts so.
  static func readV1(_ text: String, _ module: ZohoModuleName) throws(Failure) -> ZohoCondition {
    try read(text, module, .v1)
  }

  private static func read(
    _ text: String, _ module: ZohoModuleName, _ dialect: Dialect
  ) throws(Failure) -> ZohoCondition {
    var reader = ZohoCriteria(bytes: Array(text.utf8), module: module, dialect: dialect)
    let condition = try reader.sequence(depth: 0)
    guard reader.position == reader.bytes.count else { throw .syntax(at: reader.position) }
    return condition
  }

  private init(bytes: [UInt8], module: ZohoModuleName, dialect: Dialect) {
    self.bytes = bytes
    self.module = module
    self.dialect = dialect
  }

  /// Operands with `and` and `or` between them.
  private mutating func sequence(depth: Int) throws(Failure) -> ZohoCondition {
    guard depth <= ZohoCondition.maximumDepth else { throw .tooDeep }
    let first = try operand(depth: depth)
    skipSpaces()
    if peek == UInt8(ascii: ")") || peek == nil { return first }
    var groups: [[ZohoCondition]] = [[first]]
    while true {
      skipSpaces()
      if take("and") {
        groups[groups.count - 1].append(try operand(depth: depth))
      } else if take("or") {
        groups.append([try operand(depth: depth)])
      } else {
        break
      }
    }
    if case .v1 = dialect, groups.reduce(0, { $0 + $1.count }) > 2 { throw .syntax(at: position) }
    let parts = groups.map { $0.count == 1 ? $0[0] : .all($0) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func operand(depth: Int) throws(Failure) -> ZohoCondition {
    skipSpaces()
    guard take("(") else { throw .syntax(at: position) }
    skipSpaces()
    let inside = peek == UInt8(ascii: "(") ? try sequence(depth: depth + 1) : .term(try term())
    skipSpaces()
    guard take(")") else { throw .syntax(at: position) }
    return inside
  }

  private mutating func term() throws(Failure) -> ZohoTerm {
    termCount += 1
    guard termCount <= dialect.maximumTerms else { throw .tooManyTerms }
    let name = try word()
    switch dialect {
    case .v1: return try v1Term(name)
    case .api(let version): return try term(name, version)
    }
  }

  private mutating func v1Term(_ label: String) throws(Failure) -> ZohoTerm {
    guard let field = module.field(label: label) else { throw .unknownField(label) }
    let value = value(isList: false).first ?? ""
    let isPrefix = value.utf8.last == UInt8(ascii: "*")
    let text = isPrefix ? String(value.dropLast()) : value
    guard !text.isEmpty, let term = ZohoTerm(ZohoFieldPath(field), isPrefix ? .startsWith : .equals, [text]) else {
      throw .invalidValue(field: label)
    }
    return term
  }

  private mutating func term(_ name: String, _ version: ZohoAPIVersion) throws(Failure) -> ZohoTerm {
    guard let path = ZohoFieldPath(name, in: module, version) else { throw .unknownField(name) }
    let wanted = try word()
    guard let comparison = ZohoOperator(criteria: wanted, version) else {
      throw .unknownOperator(wanted, field: name)
    }
    let isList = comparison.operands.upperBound > 1
    let values = value(isList: isList)
    guard !values.contains(""), let term = ZohoTerm(path, comparison, values) else { throw .invalidValue(field: name) }
    return term
  }

  /// Up to the colon behind it.
  private mutating func word() throws(Failure) -> String {
    let start = position
    while let byte = peek, byte != UInt8(ascii: ":") {
      guard byte != UInt8(ascii: "("), byte != UInt8(ascii: ")") else { throw .syntax(at: position) }
      position += 1
    }
    guard peek != nil, position > start else { throw .syntax(at: position) }
    defer { position += 1 }
    var text = bytes[start..<position]
    while text.first == UInt8(ascii: " ") { text.removeFirst() }
    while text.last == UInt8(ascii: " ") { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// Up to a closing parenthesis that no backslash stands before.
  private mutating func value(isList: Bool) -> [String] {
    var values: [String] = []
    var value: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: ")") {
      position += 1
      if byte == UInt8(ascii: "\\"), let escaped = peek {
        position += 1
        value.append(escaped)
      } else if isList, byte == UInt8(ascii: ",") {
        values.append(String(decoding: value, as: UTF8.self))
        value.removeAll(keepingCapacity: true)
      } else {
        value.append(byte)
      }
    }
    values.append(String(decoding: value, as: UTF8.self))
    return values
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpaces() { while peek == UInt8(ascii: " ") { position += 1 } }

  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count {
      let (byte, wanted) = (bytes[position + index], text.utf8Start[index])
      guard byte == wanted || byte | 0x20 == wanted else { return false }
    }
    position += count
    return true
  }

  /// The text that reads as this condition, in a version that knows its operators.
  static func text(of condition: ZohoCondition) -> String {
    switch condition {
    case .term(let term):
      let values = term.operands.map { escape($0.text) }.joined(separator: ",")
      return "(\(term.path.text):\(term.comparison.rawValue):\(values))"
    case .all(let parts): return "(" + parts.map(text).joined(separator: "and") + ")"
    case .any(let parts): return "(" + parts.map(text).joined(separator: "or") + ")"
    }
  }

  private static func escape(_ text: String) -> String {
    text.map { "()\\,".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
