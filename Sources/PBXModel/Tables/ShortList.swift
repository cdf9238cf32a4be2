/// A list that most of the time holds one element, and then needs no memory of its own.
struct ShortList<Element: Equatable> {
  private var first: Element?
  private var rest: [Element] = []

  init(_ element: Element) { first = element }

  var isEmpty: Bool { first == nil }
  var count: Int { first == nil ? 0 : 1 + rest.count }

  mutating func append(_ element: Element) {
    if first == nil { first = element } else { rest.append(element) }
  }

  /// Removes the elements equal to this one; the others keep their order.
  mutating func remove(_ element: Element) {
    if !rest.isEmpty { rest.removeAll { $0 == element } }
    if first == element { first = rest.isEmpty ? nil : rest.removeFirst() }
  }

  /// From the last one back, until `body` returns false.
  func forEachFromLast(_ body: (Element) -> Bool) {
    for element in rest.reversed() where !body(element) { return }
    if let first { _ = body(first) }
  }
}
