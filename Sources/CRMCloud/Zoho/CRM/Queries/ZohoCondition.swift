/// What records are asked for: terms, and how they hang together. Criteria, COQL and the v1 API read into it.
indirect enum ZohoCondition: Hashable {
  case term(ZohoTerm)
  case all([ZohoCondition])
  case any([ZohoCondition])

  /// Deeper conditions are refused: whoever asks must not decide how deep this program recurses.
  static let maximumDepth = 24

  var terms: [ZohoTerm] {
    switch self {
    case .term(let term): [term]
    case .all(let parts), .any(let parts): parts.flatMap(\.terms)
    }
  }

  func mapTerms(_ change: (ZohoTerm) -> ZohoTerm) -> ZohoCondition {
    switch self {
    case .term(let term): .term(change(term))
    case .all(let parts): .all(parts.map { $0.mapTerms(change) })
    case .any(let parts): .any(parts.map { $0.mapTerms(change) })
    }
  }

  /// Places in the store of every record it can hold for, rising; nil where all have to be looked at.
  func places(in store: ZohoRecordStore, _ module: ZohoModuleName) -> [Int]? {
    switch self {
    case .term(let term): return term.places(in: store, module)
    case .all(let parts): return parts.compactMap { $0.places(in: store, module) }.min { $0.count < $1.count }
    case .any(let parts): return Self.union(of: parts) { $0.places(in: store, module) }
    }
  }

  /// The places of all parts, rising; nil where one part has none to go by.
  static func union<Part>(of parts: [Part], _ places: (Part) -> [Int]?) -> [Int]? {
    var union: [Int] = []
    for part in parts {
      guard let found = places(part) else { return nil }
      if union.isEmpty { union = found } else if !found.isEmpty, found != union { union += found }
    }
    guard union.indices.dropFirst().contains(where: { union[$0 - 1] >= union[$0] }) else { return union }
    union.sort()
    return union.indices.filter { $0 == 0 || union[$0 - 1] != union[$0] }.map { union[$0] }
  }
}

/// A field, how it compares, and with what.
struct ZohoTerm: Hashable {
  let path: ZohoFieldPath
  let comparison: ZohoOperator
  let operands: [ZohoOperand]

  /// nil if the values do not suit the field.
  init?(_ path: ZohoFieldPath, _ comparison: ZohoOperator, _ texts: [String]) {
    guard comparison.operands.contains(texts.count) else { return nil }
    var operands: [ZohoOperand] = []
    for text in texts {
      guard let operand = ZohoOperand(text, for: path.last.kind) else { return nil }
      operands.append(operand)
    }
    (self.path, self.comparison, self.operands) = (path, comparison, operands)
  }

  /// The same with `equals` read as `contains`, where the field holds text.
  func containing() -> ZohoTerm {
    guard comparison == .equals, path.last.isText, operands.first != .null,
      let changed = ZohoTerm(path, .contains, operands.map(\.text))
    else { return self }
    return changed
  }

  func places(in store: ZohoRecordStore, _ module: ZohoModuleName) -> [Int]? {
    guard path.inner == nil, !operands.contains(.null) else { return nil }
    let each: (String) -> [Int]?
    switch (path.outer.kind, comparison) {
    case (.phone, .equals), (.phone, .startsWith), (.phone, .contains), (.phone, .isIn), (.fax, .equals),
      (.fax, .startsWith), (.fax, .contains), (.fax, .isIn):
      each = { store.places(digits: ZohoPhoneNumber.digits($0), in: module) }
    case (.email, .equals), (.email, .isIn): each = { store.places(address: $0, in: module) }
    case (.identifier, .equals), (.identifier, .isIn): each = { store.places(id: $0, in: module) }
    case (_, _): return nil
    }
    return ZohoCondition.union(of: operands) { each($0.text) }
  }
}

/// A field of the module, or of the record it refers to: `Phone`, `Account_Name.Phone`.
struct ZohoFieldPath: Hashable {
  let outer: ZohoField
  /// A field of the record, or a member of the user, that `outer` refers to.
  let inner: ZohoField?

  /// What is compared.
  var last: ZohoField { inner ?? outer }
  /// As it is written.
  var text: String { inner.map { outer.name + "." + $0.name } ?? outer.name }
  /// The module of the inner field, whose scope a query needs too.
  var joined: ZohoModuleName? {
    guard inner != nil, case .reference(let module) = outer.kind else { return nil }
    return module
  }

  /// nil for a name the module does not have.
  init?(_ text: String, in module: ZohoModuleName, _ version: ZohoAPIVersion) {
    let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let outer = module.field(version.storedName(of: first)) else { return nil }
    self.outer = outer
    switch (parts.count, outer.kind) {
    case (1, _): inner = nil
    case (2, .reference(let other)):
      guard let field = other.field(parts[1]) else { return nil }
      inner = field
    case (2, .relatedReference) where parts[1] == "id": inner = ZohoField("id", .identifier)
    case (2, .user):
      switch parts[1] {
      case "id": inner = ZohoField("id", .identifier)
      case "email", "full_name", "name": inner = ZohoField(parts[1], .text(100))
      case _: return nil
      }
    case (_, _): return nil
    }
  }
}
