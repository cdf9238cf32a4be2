import JSON
import Primitives

extension DelugeRun {
  mutating func value(
    _ expression: DelugeScript.Expression, in cloud: inout ZohoCloud
  ) throws(DelugeError) -> JSONValue {
    try step(expression.line)
    switch expression.kind {
    case .text(let text): return .string(text)
    case .number(let number): return DelugeText.value(of: number)
    case .bool(let flag): return .bool(flag)
    case .null: return .null
    case .variable(let name):
      guard let value = variables[name] else {
        throw DelugeError(line: expression.line, message: "The variable \(name.prefix(60)) is not defined.")
      }
      return value
    case .map(let pairs):
      var map = JSONValue.object([])
      for pair in pairs {
        let name = DelugeText.text(of: try value(pair.name, in: &cloud))
        map = map.putting(name, try value(pair.value, in: &cloud))
      }
      return map
    case .list(let elements):
      var list: [JSONValue] = []
      for element in elements { list.append(try value(element, in: &cloud)) }
      return .array(list)
    case .joined(let parts):
      var whole: JSONValue?
      for part in parts {
        let next = try value(part, in: &cloud)
        whole = try whole.map { whole throws(DelugeError) in try joined(whole, next, line: expression.line) } ?? next
      }
      return whole ?? .null
    case .method(let target, let name, let arguments):
      return try call(target, name, arguments, line: expression.line, in: &cloud)
    case .invokeURL(let entries):
      var values: [String: JSONValue] = [:]
      for entry in entries {
        let name = DelugeText.text(of: try value(entry.name, in: &cloud))
        let worked = try value(entry.value, in: &cloud)
        if values[name] == nil { values[name] = worked }
      }
      return try invoke(InvokeURL(values, line: expression.line), line: expression.line, in: &cloud)
    case .invokeConnector(let name, let map):
      let name = DelugeText.text(of: try value(name, in: &cloud))
      return try invokeConnector(name, try value(map, in: &cloud), line: expression.line, in: &cloud)
    }
  }

  /// Numbers are added, everything else is joined as text (documented).
  private func joined(_ left: JSONValue, _ right: JSONValue, line: Int) throws(DelugeError) -> JSONValue {
    if case .integer(let first) = left, case .integer(let second) = right {
      let (sum, overflow) = first.addingReportingOverflow(second)
      guard !overflow else { throw DelugeError(line: line, message: "The number is too large.") }
      return .integer(sum)
    }
    if let first = DelugeText.number(left), let second = DelugeText.number(right), (first + second).isFinite {
      return DelugeText.value(of: first + second)
    }
    let text = DelugeText.text(of: left) + DelugeText.text(of: right)
    guard text.utf8.count <= DelugeText.maximumBytes else {
      throw DelugeError(line: line, message: "The text is too long.")
    }
    return .string(text)
  }

  private mutating func call(
    _ target: DelugeScript.Expression, _ name: String, _ arguments: [DelugeScript.Expression], line: Int,
    in cloud: inout ZohoCloud
  ) throws(DelugeError) -> JSONValue {
    let subject = try value(target, in: &cloud)
    var values: [JSONValue] = []
    for argument in arguments { values.append(try value(argument, in: &cloud)) }
    switch (name, values.count) {
    case ("put", 2), ("add", 1):
      guard case .variable(let variable) = target.kind else {
        throw DelugeError(line: line, message: "\(name)() changes a variable only.")
      }
      let changed =
        name == "put" ? subject.putting(DelugeText.text(of: values[0]), values[1]) : subject.adding(values[0])
      try assign(variable, changed, line: line)
      return .null
    case ("get", 1), ("getJSON", 1): return Self.member(of: subject, values[0])
    case ("toString", 0): return .string(DelugeText.text(of: subject))
    case ("toMap", 0), ("toList", 0), ("toJSONList", 0): return try Self.read(subject, as: name, line: line)
    case ("size", 0): return .integer(Int64(subject.array?.count ?? subject.members?.count ?? 0))
    case ("trim", 0):
      let text = DelugeText.text(of: subject)
      return .string(String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()))
    case ("toLowerCase", 0): return .string(DelugeText.text(of: subject).lowercased())
    case ("toUpperCase", 0): return .string(DelugeText.text(of: subject).uppercased())
    case _:
      throw DelugeError(
        line: line, message: "The method \(name.prefix(60)) with \(values.count) arguments is not simulated here.")
    }
  }

  /// A map's value or a list's element, counted from 0; null where there is none (documented).
  private static func member(of subject: JSONValue, _ key: JSONValue) -> JSONValue {
    // What an answer carried as text is read, as `getJSON` does (documented).
    var subject = subject
    if let text = subject.string, let read = JSONValue(parsing: Array(text.utf8)) { subject = read }
    if let elements = subject.array {
      guard case .integer(let place) = key, place >= 0, place < Int64(elements.count) else { return .null }
      return elements[Int(place)]
    }
    return subject[DelugeText.text(of: key)] ?? .null
  }

  private static func read(_ subject: JSONValue, as name: String, line: Int) throws(DelugeError) -> JSONValue {
    let value = subject.string.flatMap { JSONValue(parsing: Array($0.utf8)) } ?? subject
    switch value {
    case .object where name == "toMap": return value
    case .array where name != "toMap": return value
    case _: throw DelugeError(line: line, message: "\(name)() finds nothing of the kind.")
    }
  }
}

extension JSONValue {
  /// The map with a value set; a map of its own where this is none.
  fileprivate func putting(_ name: String, _ value: JSONValue) -> JSONValue {
    var members = members ?? []
    if let place = members.firstIndex(where: { $0.name == name }) {
      members[place].value = value
    } else {
      members.append(.init(name, value))
    }
    return .object(members)
  }

  fileprivate func adding(_ element: JSONValue) -> JSONValue { .array((array ?? []) + [element]) }
}
