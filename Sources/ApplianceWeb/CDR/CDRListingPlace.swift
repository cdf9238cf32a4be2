import ApplianceAPI

/// Where in the list of calls a page stands, and how the list is sorted, as the page's address has it.
struct CDRListingPlace {
  let column: CDRListingRequest.Column
  let isDescending: Bool
  private let cursor: Int64?
  private let isBefore: Bool
  /// Calls before this page, for people; the cursor alone decides what is shown.
  var ordinal: Int

  private static let limit = 50
  private static let ordinalMax = 1_000_000_000

  init(_ request: WebRequest) {
    column = request.value("sort").flatMap { CDRListingRequest.Column(rawValue: $0) } ?? .start
    isDescending = request.value("order").map { $0 != "asc" } ?? (column == .start || column == .talk)
    let after = request.value("after").flatMap { Int64($0) }
    let before = request.value("before").flatMap { Int64($0) }
    cursor = after ?? before
    isBefore = after == nil && before != nil
    let asked = request.value("from").flatMap { Int($0) } ?? 0
    ordinal = cursor == nil ? 0 : max(0, min(asked, Self.ordinalMax))
  }

  func request(_ rows: CDRRequest) -> CDRListingRequest {
    var request = CDRListingRequest(rows)
    (request.column, request.isDescending) = (column, isDescending)
    (request.cursor, request.isBefore, request.limit) = (cursor, isBefore, Self.limit)
    return request
  }

  /// How the list is sorted, where that is not as at first.
  var order: [(name: String, value: String)] {
    column == .start && isDescending ? [] : [("sort", column.rawValue), ("order", isDescending ? "desc" : "asc")]
  }

  /// The list sorted by that column; the other way round where it is already.
  func sorted(by other: CDRListingRequest.Column) -> [(name: String, value: String)] {
    [("sort", other.rawValue)] + (other == column ? [("order", isDescending ? "asc" : "desc")] : [])
  }

  /// The page behind or before a cursor.
  func at(_ cursor: Int64, isBefore: Bool, shown: Int) -> [(name: String, value: String)] {
    let from = isBefore ? max(0, ordinal - Self.limit) : ordinal + shown
    return order + [(isBefore ? "before" : "after", String(cursor))] + (from > 0 ? [("from", String(from))] : [])
  }
}
