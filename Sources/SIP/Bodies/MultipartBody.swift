/// A body of several parts (RFC 2046 section 5.1, RFC 5621), read flat: a multipart within it is one part.
public struct MultipartBody {
  /// One part.
  public struct Part {
    /// Its headers with the blank line, as written.
    public let head: SIPText
    /// What follows them.
    public let body: SIPText

    /// The first header of that name.
    public func firstLine(of name: HeaderName) -> SIPText? {
      var cursor = HeaderCursor(text: head, offset: 0)
      while let line = cursor.next() {
        if line.isReadable, name.matches(line.name) { return line.value }
      }
      return nil
    }

    /// nil when absent or malformed.
    public var contentType: ContentType? { firstLine(of: .contentType).flatMap { ContentType($0) } }
  }

  /// Parts handed over; those past it are not.
  public static let partsMax = 32
  /// Longest boundary there may be (RFC 2046 section 5.1.1).
  public static let boundaryBytesMax = 70

  private let text: SIPText
  private let boundary: SIPText

  /// nil when the type is not multipart, or its boundary is absent, empty or too long.
  public init?(_ body: SIPText, type: ContentType) {
    guard type.type.equalsIgnoringCase("multipart"), let boundary = type.parameters.value("boundary"),
      (1...Self.boundaryBytesMax).contains(boundary.count)
    else { return nil }
    (text, self.boundary) = (body, boundary)
  }

  /// Hands over the parts in order, up to `partsMax`. The last ends with the body where its closing line is missing.
  public func forEachPart(_ body: (Part) -> Void) {
    var partStart: Int?
    var count = 0
    var offset = 0
    while offset < text.count, count < Self.partsMax {
      let end = text.index(of: 10, from: offset) ?? text.count
      if let isLast = delimiter(text.slice(offset, end)) {
        if let partStart {
          body(part(partStart, offset))
          count += 1
        }
        if isLast { return }
        partStart = end + 1
      }
      offset = end + 1
    }
    if let partStart, partStart < text.count, count < Self.partsMax { body(part(partStart, text.count + 2)) }
  }

  /// Whether the line is the closing one; nil when it is no delimiter at all.
  private func delimiter(_ line: SIPText) -> Bool? {
    guard line[0] == UInt8(ascii: "-"), line[1] == UInt8(ascii: "-"),
      line.slice(2, 2 + boundary.count) == boundary
    else { return nil }
    let rest = line.slice(2 + boundary.count, line.count).trimmedAtEnd
    return rest.isEmpty ? false : rest == "--" ? true : nil
  }

  /// The line end before a delimiter belongs to the delimiter.
  private func part(_ start: Int, _ delimiter: Int) -> Part {
    var end = min(delimiter, text.count)
    if delimiter <= text.count {
      if end > start, text[end - 1] == 10 { end -= 1 }
      if end > start, text[end - 1] == 13 { end -= 1 }
    }
    let part = text.slice(start, end)
    var cursor = HeaderCursor(text: part, offset: 0)
    while cursor.next() != nil {}
    let bodyStart = cursor.bodyStart ?? part.count
    return Part(head: part.slice(0, bodyStart), body: part.slice(bodyStart, part.count))
  }
}
