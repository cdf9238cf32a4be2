import JSON
import Primitives

/// The values of a request's variables.
struct DescribedBindings {
  enum Bound: Hashable {
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    case instant(Instant, utcOffsetSeconds: Int)
  }

  private var values: [DescribedVariable: Bound] = [:]

  subscript(word: DescribedVariable.BuiltIn) -> Bound? {
    get { values[.builtIn(word)] }
    set { values[.builtIn(word)] = newValue }
  }

  subscript(parameter name: String) -> Bound? {
    get { values[.parameter(name)] }
    set { values[.parameter(name)] = newValue }
  }

  /// A word of a closed set, for `$case`; nil for what is none.
  func word(_ variable: DescribedVariable) -> String? {
    switch values[variable] {
    case .text(let text): text
    case .boolean(let flag): flag ? "true" : "false"
    case .integer, .instant, nil: nil
    }
  }

  /// The value with its type. What is not bound is an empty text; a description that was read has no such variable.
  func value(_ slot: DescribedTemplate.Slot) -> JSONValue {
    switch values[slot.variable] ?? .text("") {
    case .text(let text): .string(slot.form == .digits ? text.filter(\.isASCIIDigit) : text)
    case .boolean(let flag): slot.form == .text ? .string(flag ? "true" : "false") : .bool(flag)
    case .integer(let number): Self.number(number, slot.form)
    case .instant(let instant, let offset): Self.moment(instant, offset, slot.form)
    }
  }

  /// The same as text, for every place that is none of JSON's.
  func text(_ slot: DescribedTemplate.Slot) -> String {
    switch value(slot) {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let flag): flag ? "true" : "false"
    case .null, .decimal, .number, .array, .object: ""
    }
  }

  private static func number(_ number: Int64, _ form: DescribedForm?) -> JSONValue {
    switch form {
    case .milliseconds:
      let (product, overflow) = number.multipliedReportingOverflow(by: 1000)
      return .integer(overflow ? .max : product)
    case .minutes: return .integer(number / 60)
    case .text: return .string(String(number))
    case .timespan:
      return .string("\(number / 3600):\(padded(number / 60 % 60)):\(padded(number % 60))")
    case .utc, .local, .date, .time, .seconds, .digits, nil: return .integer(number)
    }
  }

  private static func moment(_ instant: Instant, _ offset: Int, _ form: DescribedForm?) -> JSONValue {
    let local = OffsetTimestamp(instant, utcOffsetSeconds: offset).description
    switch form {
    case .seconds: return .integer(instant.seconds)
    case .milliseconds: return .integer(instant.nanoseconds / 1_000_000)
    case .local: return .string(local)
    case .date: return .string(String(local.prefix { $0 != "T" }))
    case .time: return .string(String(local.drop { $0 != "T" }.dropFirst().prefix(8)))
    case .utc, .minutes, .timespan, .text, .digits, nil:
      return .string(OffsetTimestamp(instant, utcOffsetSeconds: 0).description.dropLast(6) + "Z")
    }
  }

  private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension DescribedTemplate {
  /// - Parameter escape: what a filled-in value goes through; the author's own text is taken as it is.
  func filled(_ bindings: DescribedBindings, escape: (String) -> String = { $0 }) -> String {
    pieces.reduce(into: "") { text, piece in
      switch piece {
      case .literal(let literal): text += literal
      case .slot(let slot): text += escape(bindings.text(slot))
      }
    }
  }
}

extension DescribedValue {
  /// nil for what is left out.
  func filled(_ bindings: DescribedBindings) -> JSONValue? {
    switch self {
    case .template(let template): template.onlySlot.map(bindings.value) ?? .string(template.filled(bindings))
    case .integer(let number): .integer(number)
    case .boolean(let flag): .bool(flag)
    case .null: .null
    case .list(let elements): .array(elements.compactMap { $0.filled(bindings) })
    case .object(let members):
      .object(members.compactMap { member in member.value.filled(bindings).map { .init(member.name, $0) } })
    case .choice(let variable, let cases):
      bindings.word(variable).flatMap { cases[$0] ?? nil }?.filled(bindings)
    }
  }
}

extension [DescribedValue.Member] {
  /// Names and texts of a query, form or header; what is no single value is left out.
  func filled(_ bindings: DescribedBindings) -> [(name: String, value: String)] {
    flatMap { member -> [(name: String, value: String)] in
      switch member.value.filled(bindings) {
      case .string(let text): [(member.name, text)]
      case .integer(let number): [(member.name, String(number))]
      case .bool(let flag): [(member.name, flag ? "true" : "false")]
      case .null, .decimal, .number, .array, .object, nil: []
      }
    }
  }
}
