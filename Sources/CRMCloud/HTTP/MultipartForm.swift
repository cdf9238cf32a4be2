import Primitives

/// The text fields of a `multipart/form-data` body (RFC 7578), as clients send forms of a few names and values.
enum MultipartForm {
  /// The boundary a content type names; nil where it is no such form.
  static func boundary(of contentType: String) -> String? {
    let parts = contentType.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }
    guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
    let boundary = parts.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }.map { String($0.dropFirst(9)) }
    // RFC 2046 section 5.1.1 allows 70 characters.
    return boundary.flatMap { (1...70).contains($0.utf8.count) ? $0 : nil }
  }

  /// Names and values in order; a part without a name, and what stands outside of the parts, says nothing.
  static func parameters(_ body: [UInt8], boundary: String) -> FormParameters {
    let mark = Array("--\(boundary)".utf8)
    guard mark.count > 2 else { return FormParameters("") }
    var pairs: [(name: String, value: String)] = []
    var rest = body[...]
    while pairs.count < FormParameters.maximumCount, let start = rest.firstRange(of: mark) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: mark) else { break }
      if let pair = pair(rest[..<end.lowerBound]) { pairs.append(pair) }
      rest = rest[end.lowerBound...]
    }
    return FormParameters(pairs: pairs)
  }

  /// One part: lines of headers, an empty line, the value, a line's end.
  private static func pair(_ part: ArraySlice<UInt8>) -> (name: String, value: String)? {
    guard let blank = part.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: part[..<blank.lowerBound], as: UTF8.self)
    guard let name = head.firstRange(of: "; name=\"") else { return nil }
    var value = part[blank.upperBound...]
    if value.suffix(2).elementsEqual("\r\n".utf8) { value = value.dropLast(2) }
    return (String(head[name.upperBound...].prefix { $0 != "\"" }), String(decoding: value, as: UTF8.self))
  }
}
