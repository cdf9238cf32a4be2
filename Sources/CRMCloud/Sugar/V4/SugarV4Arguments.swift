import JSON

/// The arguments of one call, found by the parameters' names.
struct SugarV4Arguments {
  private var values: [String: JSONValue] = [:]

  /// Reads `rest_data` as the stack's PHP does (measured for PHP 8, recalled for older ones).
  init(
    _ text: [UInt8], for method: SugarV4Method, _ manner: SugarCloudSettings.Manner
  ) throws(SugarV4Error) {
    let (needed, optional) = method.parameters
    let names = needed + optional
    let given: [JSONValue]
    switch JSONValue(parsing: text) {
    case .array(let elements): given = elements
    case .object(let members):
      switch manner {
      case .strict:
        guard members.allSatisfy({ names.contains($0.name) }) else { throw .crash }
        for member in members { values[member.name] = member.value }
        guard needed.allSatisfy({ values[$0] != nil }) else { throw .crash }
        return
      case .sloppy:
        let object = JSONValue.object(members)
        given = JSONMemberNames.inOrder(of: text).compactMap { object[$0] }
      }
    case let value: given = value.map { [$0] } ?? []
    }
    switch manner {
    case .strict where given.count < needed.count: throw .crash
    case .strict, .sloppy: break
    }
    for (name, value) in zip(names, given) { values[name] = value }
  }

  /// The session that arguments show, named or in the first place; nil for a login's.
  static func session(in text: [UInt8]) -> String? {
    let data = JSONValue(parsing: text)
    return (data?["session"] ?? data?.array?.first)?.string
  }

  subscript(name: String) -> JSONValue? { values[name] }

  /// A text, or a number as one; empty where nothing is given.
  func text(_ name: String) -> String { values[name]?.phpText ?? "" }

  func integer(_ name: String) -> Int { values[name]?.phpText.flatMap { Int($0) } ?? 0 }

  func texts(_ name: String) -> [String] {
    (values[name]?.array ?? values[name]?.members?.map(\.value) ?? []).compactMap(\.phpText)
  }
}

extension JSONValue {
  /// A scalar as PHP makes a text of it.
  var phpText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .decimal(let number, _): String(number)
    case .bool(let flag): flag ? "1" : ""
    case .null, .array, .object: nil
    }
  }

  /// `name_value_list`: a list of `{name, value}` or an object (measured, both work).
  var sugarNameValues: [(name: String, value: String)] {
    if let elements = array {
      return elements.compactMap { element in
        guard let name = element["name"]?.string, let value = element["value"]?.phpText else { return nil }
        return (name, value)
      }
    }
    return (members ?? []).compactMap { member in
      guard let value = (member.value["value"] ?? member.value).phpText else { return nil }
      return (member.value["name"]?.string ?? member.name, value)
    }
  }
}

/// The names of an object's members as they stand in the text, which `JSONValue` does not keep.
enum JSONMemberNames {
  static func inOrder(of text: [UInt8]) -> [String] {
    var names: [String] = []
    var depth = 0
    var at = 0
    var isName = false
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        isName = depth == 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): isName = depth == 1
      case UInt8(ascii: "\""):
        let end = stringEnd(text, from: at)
        if isName, depth == 1, case .string(let name)? = JSONValue(parsing: Array(text[at..<end])) {
          names.append(name)
        }
        isName = false
        at = end
        continue
      case _: break
      }
      at += 1
    }
    return names
  }

  /// Behind the quote that closes the string beginning at `start`.
  private static func stringEnd(_ text: [UInt8], from start: Int) -> Int {
    var at = start + 1
    while at < text.count {
      if text[at] == UInt8(ascii: "\\") {
        at += 2
      } else if text[at] == UInt8(ascii: "\"") {
        return at + 1
      } else {
        at += 1
      }
    }
    return text.count
  }
}
