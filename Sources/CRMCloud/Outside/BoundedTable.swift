/// Values by name, of which the oldest make room for new ones.
struct BoundedTable<Value: Codable & Sendable>: Codable {
  private let limit: Int
  private var values: [String: Value] = [:]
  /// Oldest first.
  private var order: [String] = []

  init(limit: Int) { self.limit = max(1, limit) }

  subscript(name: String) -> Value? { values[name] }

  /// The value that stood there before.
  @discardableResult
  mutating func set(_ name: String, _ value: Value) -> Value? {
    let former = values.updateValue(value, forKey: name)
    if former == nil { order.append(name) }
    while order.count > limit { values.removeValue(forKey: order.removeFirst()) }
    return former
  }

  @discardableResult
  mutating func remove(_ name: String) -> Value? {
    guard let value = values.removeValue(forKey: name) else { return nil }
    order.removeAll { $0 == name }
    return value
  }
}
