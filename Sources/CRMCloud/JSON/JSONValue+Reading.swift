import FoundationEssentials

extension JSONValue: Decodable {
  /// Deeper texts are refused: a client's nesting must not decide how deep this program recurses.
  static let maximumDepth = 32

  /// Reads a whole text; nil for anything that is not JSON or nests too deep. Members come out sorted by name, because
  /// the decoder does not keep their order and a run must not depend on chance.
  init?(parsing body: [UInt8]) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(body)) else { return nil }
    self = value
  }

  init(from decoder: any Decoder) throws {
    guard decoder.codingPath.count < Self.maximumDepth else { throw TooDeep() }
    if let object = try? decoder.container(keyedBy: Name.self) {
      self = .object(
        try object.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
          Member($0.stringValue, try object.decode(JSONValue.self, forKey: $0))
        })
      return
    }
    if var list = try? decoder.unkeyedContainer() {
      var elements: [JSONValue] = []
      while !list.isAtEnd { elements.append(try list.decode(JSONValue.self)) }
      self = .array(elements)
      return
    }
    let single = try decoder.singleValueContainer()
    if let text = try? single.decode(String.self) {
      self = .string(text)
    } else if single.decodeNil() {
      self = .null
    } else if let flag = try? single.decode(Bool.self) {
      self = .bool(flag)
    } else if let integer = try? single.decode(Int64.self) {
      self = .integer(integer)
    } else {
      self = .number(try single.decode(Double.self))
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
