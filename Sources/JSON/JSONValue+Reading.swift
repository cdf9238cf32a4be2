extension JSONValue {
  /// How deep arrays and objects may nest in a text that is read.
  ///
  /// Deeper texts are refused: whoever sends them must not decide how deep this program recurses.
  public static let depthMax = 32

  /// The value of a whole UTF-8 text (RFC 8259); nil for anything that is not JSON, nests deeper than `depthMax` or
  /// has a number that a double cannot hold.
  ///
  /// Members come out sorted by name, because the decoder does not keep their order and a run must not depend on
  /// chance. A number is `.integer` when it is whole and fits, `3600.0` too, otherwise `.number`.
  public init?(parsing text: [UInt8]) {
    guard let read = try? JSONReader.read(Read.self, from: text) else { return nil }
    self = read.value
  }

  /// Keeps the decoder's protocol out of the value's own interface.
  private struct Read: Decodable {
    let value: JSONValue

    init(from decoder: any Decoder) throws {
      guard decoder.codingPath.count < JSONValue.depthMax else { throw TooDeep() }
      // Most values are text, and each kind tried in vain costs an error.
      let single = try decoder.singleValueContainer()
      if single.decodeNil() {
        value = .null
      } else if let text = try? single.decode(String.self) {
        value = .string(text)
      } else if let object = try? decoder.container(keyedBy: Name.self) {
        let names = object.allKeys.sorted { $0.stringValue < $1.stringValue }
        value = .object(try names.map { Member($0.stringValue, try object.decode(Read.self, forKey: $0).value) })
      } else if var list = try? decoder.unkeyedContainer() {
        var elements: [JSONValue] = []
        while !list.isAtEnd { elements.append(try list.decode(Read.self).value) }
        value = .array(elements)
      } else if let flag = try? single.decode(Bool.self) {
        value = .bool(flag)
      } else if let integer = try? single.decode(Int64.self) {
        value = .integer(integer)
      } else {
        value = .number(try single.decode(Double.self))
      }
    }
  }

  private struct TooDeep: Error {}

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
