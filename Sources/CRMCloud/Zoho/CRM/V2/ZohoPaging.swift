/// `page` and `per_page` (documented: from 1; 200 by default and at most. That others are refused is assumed).
struct ZohoPaging: Hashable {
  /// Searches go no further (documented).
  static let maximumSearchResults = 2000

  let number: Int
  let size: Int

  init(_ query: FormParameters) throws(ZohoRequestError) {
    number = try Self.value("page", query, in: 1...1_000_000, otherwise: 1)
    size = try Self.value("per_page", query, in: 1...200, otherwise: 200)
  }

  var start: Int { (number - 1) * size }
  var end: Int { number * size }

  private static func value(
    _ name: String, _ query: FormParameters, in range: ClosedRange<Int>, otherwise: Int
  ) throws(ZohoRequestError) -> Int {
    guard let text = query[name] else { return otherwise }
    guard let value = Int(text), range.contains(value) else { throw .invalidParameter(name) }
    return value
  }
}
