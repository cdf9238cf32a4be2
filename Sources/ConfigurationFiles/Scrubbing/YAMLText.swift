/// Values to YAML that reads as the same values.
enum YAMLText {
  static func of(_ value: YAMLValue) -> String {
    var text = ""
    append(value, indentation: 0, to: &text)
    return text
  }

  private static func append(_ value: YAMLValue, indentation: Int, to text: inout String) {
    let margin = String(repeating: " ", count: indentation)
    switch value.content {
    case .scalar(let scalar, let isPlain): text += margin + shown(scalar, isPlain: isPlain) + "\n"
    case .sequence(let elements):
      if elements.isEmpty { text += margin + "[]\n" }
      for element in elements {
        var inner = ""
        append(element, indentation: indentation + 2, to: &inner)
        text += margin + "- " + inner.dropFirst(indentation + 2)
      }
    case .mapping(let pairs):
      if pairs.isEmpty { text += margin + "{}\n" }
      for pair in pairs {
        text += margin + shown(pair.key, isPlain: true) + ":"
        if isInline(pair.value) {
          text += " "
          append(pair.value, indentation: 0, to: &text)
        } else {
          text += "\n"
          append(pair.value, indentation: indentation + 2, to: &text)
        }
      }
    }
  }

  private static func isInline(_ value: YAMLValue) -> Bool {
    switch value.content {
    case .scalar: true
    case .sequence(let elements): elements.isEmpty
    case .mapping(let pairs): pairs.isEmpty
    }
  }

  /// As it was written where that is safe, in double quotes otherwise.
  private static func shown(_ scalar: String, isPlain: Bool) -> String {
    let isWord =
      !scalar.isEmpty
      && scalar.utf8.allSatisfy { byte in
        (byte | 32) >= 97 && (byte | 32) <= 122 || (48...57).contains(byte) || byte == 46 || byte == 95
      }
    if isPlain, isWord || scalar.isEmpty { return scalar }
    var quoted = "\""
    for unit in scalar.unicodeScalars {
      switch unit {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default:
        let isShown = unit.value >= 32 && unit.value != 127 && !(0x80..<0xa0).contains(unit.value)
        quoted += isShown ? String(unit) : "\\u" + String(("000" + String(unit.value, radix: 16)).suffix(4))
      }
    }
    return quoted + "\""
  }
}
