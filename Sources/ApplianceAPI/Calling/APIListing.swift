import JSON

/// A list of rows as the API gives it: a page of it, in an order, with the columns asked for.
struct APIListing {
  /// The name of the list in the answer.
  let root: String
  /// Every column there is, in the order of the answer.
  let columns: [String]
  let rows: [[JSONValue]]

  /// Page, order and columns, as `page`, `item_num`, `sidx`, `sord` and `options` ask for them.
  ///
  /// An unknown column fails the call (observed on a 6308A for `options`; assumed for `sidx`), and so does a page that
  /// is no number. A page behind the last is empty.
  func reply(_ parameters: APIParameters, _ settings: DoorSettings) -> APIReply {
    for name in ["page", "item_num", "sidx", "sord", "options"] where parameters.isOfWrongKind(name) {
      return .failed(.invalidParameters)
    }
    if settings.pagingValues == .strings, parameters.isNumber("page") || parameters.isNumber("item_num") {
      return .failed(.invalidParameters)
    }
    guard let page = Self.positive(parameters.text("page"), else: 1),
      let size = Self.positive(parameters.text("item_num"), else: settings.itemsPerPage),
      let places = places(parameters.text("options")), let ordered = ordered(parameters)
    else { return .failed(.invalidParameters) }
    let pageSize = min(size, max(1, settings.itemsPerPageMax))
    let (skipped, overflow) = (page - 1).multipliedReportingOverflow(by: pageSize)
    let shown = overflow ? [] : Array(ordered.dropFirst(skipped).prefix(pageSize))
    let list = shown.map { row in
      JSONValue.object(places.compactMap { row.indices.contains($0) ? .init(columns[$0], row[$0]) : nil })
    }
    let pages = max(1, (rows.count + pageSize - 1) / pageSize)
    return .response(
      .object([
        .init(root, .array(list)), .init("page", .integer(Int64(page))),
        .init("total_item", .integer(Int64(rows.count))), .init("total_page", .integer(Int64(pages))),
      ]))
  }

  private static func positive(_ text: String?, else value: Int) -> Int? {
    guard let text else { return value }
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
      number > 0
    else { return nil }
    return number
  }

  /// Places of the columns asked for, in the answer's order.
  private func places(_ options: String?) -> [Int]? {
    guard let options, !options.isEmpty else { return Array(columns.indices) }
    let wanted = options.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard wanted.allSatisfy({ columns.contains($0) }) else { return nil }
    return columns.indices.filter { wanted.contains(columns[$0]) }
  }

  private func ordered(_ parameters: APIParameters) -> [[JSONValue]]? {
    let order = parameters.text("sord") ?? "asc"
    guard order == "asc" || order == "desc" else { return nil }
    guard let key = parameters.text("sidx"), !key.isEmpty else { return order == "asc" ? rows : rows.reversed() }
    guard let place = columns.firstIndex(of: key) else { return nil }
    // Stable, so that equal rows keep their order in every answer.
    let keyed = rows.enumerated().map { (key: Key($0.element.indices.contains(place) ? $0.element[place] : .null), $0) }
    let sorted = keyed.sorted {
      $0.key == $1.key ? $0.1.offset < $1.1.offset : (order == "asc" ? $0.key < $1.key : $1.key < $0.key)
    }
    return sorted.map(\.1.element)
  }

  /// Numbers by their value and in front of texts, as extensions are sorted on the appliance's page (assumed).
  private struct Key: Comparable {
    let number: Int64?
    let text: String

    init(_ value: JSONValue) {
      switch value {
      case .integer(let value): (number, text) = (value, "")
      case .string(let value): (number, text) = (value.utf8.count < 19 ? Int64(value) : nil, value)
      case .null, .bool, .decimal, .number, .array, .object: (number, text) = (nil, "")
      }
    }

    static func < (left: Key, right: Key) -> Bool {
      switch (left.number, right.number) {
      case (let one?, let other?): one == other ? left.text < right.text : one < other
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): left.text < right.text
      }
    }
  }
}
