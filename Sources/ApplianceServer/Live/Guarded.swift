import Foundation

/// A value of one owner that several threads use one after the other.
///
/// Unchecked, because a lock of the standard library gives out only what it can see to leave nothing behind; a closure
/// that gets a database cannot show that.
final class Guarded<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: Value) { self.value = value }

  func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
