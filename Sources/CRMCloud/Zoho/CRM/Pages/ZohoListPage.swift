import CloudPages
import Primitives

/// The part of a list that a page shows.
struct ZohoListPage: Hashable {
  static let size = 20

  let number: Int
  let count: Int

  /// A page that is not there, or no number, is the nearest that is.
  init(_ query: FormParameters, count: Int) {
    self.count = count
    let last = max(1, (count + Self.size - 1) / Self.size)
    number = max(1, min(query["page"].flatMap { Int($0) } ?? 1, last))
  }

  var range: Range<Int> { min((number - 1) * Self.size, count)..<min(number * Self.size, count) }

  func pager(_ path: String, query: [(name: String, value: String)] = []) -> PagePager {
    let address = { (page: Int) in path + "?" + PercentEncoding.form(query + [("page", String(page))]) }
    let text = count == 0 ? "0 of 0" : "\(range.lowerBound + 1) to \(range.upperBound) of \(count)"
    return PagePager(
      text, previous: number > 1 ? address(number - 1) : nil,
      next: range.upperBound < count ? address(number + 1) : nil)
  }
}
