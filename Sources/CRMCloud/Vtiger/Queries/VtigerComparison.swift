/// One field held against one value or several, as MariaDB compares them (measured).
struct VtigerComparison {
  enum Operation: String {
    case equal = "="
    case different = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case like
    case among = "in"
  }

  enum Value {
    /// From quotes, or a word without them.
    case text(String)
    /// Digits without quotes: a text is then taken for the number it begins with, 0 where it begins with none.
    case number(Double)
  }

  let field: String
  private let operation: Operation
  private let values: [Value]
  private let pattern: VtigerPattern?

  init(field: String, _ operation: Operation, _ values: [VtigerQueryToken]) {
    self.field = field
    self.operation = operation
    self.values = values.map { token in
      switch token {
      case .number(let digits) where operation != .like: .number(Double(digits) ?? 0)
      case .keyword, .word, .number, .text, .symbol, .end: .text(Self.folded(token.plain))
      }
    }
    pattern = operation == .like ? values.first.map { VtigerPattern($0.plain) } : nil
  }

  /// Digits without which no text is equal to the value or like it; nil for other comparisons.
  var neededDigits: VtigerDigits? {
    switch (operation, values.first) {
    case (.equal, .text(let text)), (.like, .text(let text)): VtigerDigits(in: text)
    case (_, _): nil
    }
  }

  func holds(for record: VtigerRecord) -> Bool {
    let stored = record[field]
    if let pattern { return pattern.matches(stored) }
    guard let value = values.first else { return false }
    switch operation {
    case .like: return false
    case .among: return values.contains { Self.order(stored, $0) == 0 }
    case .equal: return Self.order(stored, value) == 0
    case .different: return Self.order(stored, value) != 0
    case .less: return Self.order(stored, value) < 0
    case .atMost: return Self.order(stored, value) <= 0
    case .greater: return Self.order(stored, value) > 0
    case .atLeast: return Self.order(stored, value) >= 0
    }
  }

  /// Negative, 0 or positive, as the stored text is less than the value, equal, or greater.
  private static func order(_ stored: String, _ value: Value) -> Int {
    switch value {
    case .text(let text):
      let stored = folded(stored)
      return stored == text ? 0 : stored < text ? -1 : 1
    case .number(let number):
      let leading = leadingNumber(of: stored)
      return leading == number ? 0 : leading < number ? -1 : 1
    }
  }

  /// Case and spaces at the end do not count in the database's collation.
  static func folded(_ text: String) -> String {
    var text = text.lowercased()
    while text.utf8.last == 32 { text.removeLast() }
    return text
  }

  /// The number a text begins with: spaces, a sign, digits, a fraction.
  private static func leadingNumber(of text: String) -> Double {
    var number: [UInt8] = []
    var hasPoint = false
    for byte in text.utf8.drop(while: { $0 == 32 }).prefix(64) {
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "-"): guard number.isEmpty else { return value(number) }
      case 48...57: break
      case UInt8(ascii: "."):
        guard !hasPoint else { return value(number) }
        hasPoint = true
      default: return value(number)
      }
      number.append(byte)
    }
    return value(number)
  }

  private static func value(_ bytes: [UInt8]) -> Double {
    var bytes = bytes
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    return Double(String(decoding: bytes, as: UTF8.self)) ?? 0
  }
}

extension VtigerQueryToken {
  /// What the token stands for as a value.
  fileprivate var plain: String {
    switch self {
    case .text(let text), .word(let text), .number(let text), .symbol(let text): text
    case .keyword(let keyword): keyword.rawValue
    case .end: ""
    }
  }
}
