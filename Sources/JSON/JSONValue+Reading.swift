extension JSONValue {
  /// How deep arrays and objects may nest in a text that is read.
  ///
  /// Deeper texts are refused: whoever sends them must not decide how deep this program recurses.
  public static let depthMax = 32

  /// The value of a whole UTF-8 text (RFC 8259); nil for anything that is not JSON, nests deeper than `depthMax` or
  /// has a number that a double cannot hold.
  ///
  /// Members come out sorted by name, whatever their order in the text; of two with one name the first counts. A number
  /// is `.integer` when it is whole and fits, `3600.0` too, otherwise `.number`.
  public init?(parsing text: [UInt8]) {
    let read = try? JSONCursor.read(text, depthMax: Self.depthMax) { cursor throws(JSONReader.Failure) in
      try JSONValue(cursor: &cursor)
    }
    guard let read else { return nil }
    self = read
  }

  private init(cursor: inout JSONCursor) throws(JSONReader.Failure) {
    switch try cursor.kind {
    case .null:
      try cursor.skip()
      self = .null
    case .flag: self = .bool(try cursor.flag() ?? false)
    case .number:
      guard let number = try cursor.number() else { throw .notJSON }
      self = number
    case .string: self = .string(try cursor.text() ?? "")
    case .array:
      var elements: [JSONValue] = []
      try cursor.elements { cursor throws(JSONReader.Failure) in elements.append(try JSONValue(cursor: &cursor)) }
      self = .array(elements)
    case .object:
      var members: [Member] = []
      try cursor.members { cursor, name throws(JSONReader.Failure) in
        members.append(Member(name.string, try JSONValue(cursor: &cursor)))
      }
      // Sorting is stable, so that the first of a name stays in front of the others.
      members.sort { $0.name < $1.name }
      self = .object(members.indices.filter { $0 == 0 || members[$0].name != members[$0 - 1].name }.map { members[$0] })
    }
  }
}
