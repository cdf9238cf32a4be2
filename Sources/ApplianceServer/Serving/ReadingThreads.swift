import ApplianceAPI
import NIOPosix

/// Threads for what reads rows and may take long: none of those that everybody shares.
///
/// More of them than processors, so that a few long questions leave some for short ones.
enum ReadingThreads {
  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 6)
    pool.start()
    return pool
  }()

  static func run<Answer: Sendable>(_ answer: @escaping @Sendable () -> Answer) async -> Answer {
    guard let made = try? await pool.runIfActive(answer) else { return answer() }
    return made
  }

  /// The next piece of a document, and what follows it.
  ///
  /// - Throws: `CDRRequest.Refusal`.
  static func next(of rest: any CDRPieces) async throws -> (piece: [UInt8]?, rest: any CDRPieces) {
    try await run { () -> Result<([UInt8]?, any CDRPieces), CDRRequest.Refusal> in
      var left = rest
      do throws(CDRRequest.Refusal) { return .success((try left.next(), left)) } catch { return .failure(error) }
    }.get()
  }
}
