import JSON
import Primitives

/// `sort_by` and `sort_order`.
struct ZohoSortOrder: Hashable {
  let field: String
  let isDescending: Bool

  /// nil where the request leaves the order to the server. The order is descending unless it says otherwise
  /// (documented); any field of the module will do in v2, in later versions ids and times (documented).
  init?(_ call: ZohoAPICall, _ module: ZohoModuleName) throws(ZohoRequestError) {
    guard let field = call.query["sort_by"] else {
      guard call.query["sort_order"] == nil else { throw .requiredParameter("sort_by") }
      return nil
    }
    let stored = call.version.storedName(of: field)
    guard module.field(stored) != nil else { throw .invalidParameter("sort_by") }
    guard !call.version.requiresFields || ["id", "Created_Time", "Modified_Time"].contains(field) else {
      throw .invalidParameter("sort_by")
    }
    self.field = stored
    switch call.query["sort_order"] {
    case nil, "desc": isDescending = true
    case "asc": isDescending = false
    case _: throw .invalidParameter("sort_order")
    }
  }

  init(field: String, isDescending: Bool) {
    self.field = field
    self.isDescending = isDescending
  }

  var word: String { isDescending ? "desc" : "asc" }
  var text: String { field + " " + word }
}

/// A value as orders go by it: empty ones first, then switches, numbers, text without regard to case.
enum ZohoSortKey: Comparable {
  case empty
  case number(Double)
  case text(String)

  init(_ value: JSONValue?) {
    switch value {
    case .bool(let flag): self = .number(flag ? 1 : 0)
    case .integer(let number): self = .number(Double(number))
    case .number(let number), .decimal(let number, _): self = .number(number)
    case .string(let text): self = .text(text.lowercased())
    case .object: self = (value?["name"]?.string).map { .text($0.lowercased()) } ?? .empty
    case .null, .array, nil: self = .empty
    }
  }
}

extension ZohoOrganisation {
  /// Records of the same key stay in the order they had.
  func sorted(_ all: [ZohoRecord], by order: ZohoSortOrder) -> [ZohoRecord] {
    let keyed = all.enumerated().map { (index: $0, record: $1, key: sortKey(of: $1, order.field)) }
    return keyed.sorted { left, right in
      if left.key == right.key { return left.index < right.index }
      return order.isDescending ? right.key < left.key : left.key < right.key
    }.map(\.record)
  }

  private func sortKey(of record: ZohoRecord, _ field: String) -> ZohoSortKey {
    switch field {
    // Ids have different lengths where data gives its own.
    case "id": .number(Double(record.id) ?? 0)
    case "Created_Time": .number(Double(record.createdAt.nanoseconds))
    case "Modified_Time": .number(Double(record.modifiedAt.nanoseconds))
    case _: ZohoSortKey(value(of: field, record))
    }
  }
}
