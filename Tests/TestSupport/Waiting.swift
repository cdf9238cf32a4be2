import Foundation

/// Does something that waits on a thread of its own: the threads that tests share must not stand still, because what is
/// waited for may need one of them.
public func waiting<Result: Sendable>(for work: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Swift.Result { try work() }) }
  }
}
