import ApplianceAPI
import NIOPosix

/// Threads for what reads rows and may take long: none of those that everybody shares.
///
/// Some for questions, and some for what follows of long documents, so that nobody who asks waits behind those.
enum ReadingThreads {
  /// More than most machines of this kind have processors: a few long questions leave some for short ones.
  private static let questions = started(4)
  private static let rests = started(2)

  private static func started(_ count: Int) -> NIOThreadPool {
    let pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
    return pool
  }

  static func run<Answer: Sendable>(_ answer: @escaping @Sendable () -> Answer) async -> Answer {
    await run(on: questions, answer)
  }

  private static func run<Answer: Sendable>(
    on pool: NIOThreadPool, _ answer: @escaping @Sendable () -> Answer
  ) async -> Answer {
    guard let made = try? await pool.runIfActive(answer) else { return answer() }
    return made
  }

  /// The next piece of a document, and what follows it.
  ///
  /// - Throws: `CDRRequest.Refusal`.
  static func next(of rest: any CDRPieces) async throws -> (piece: [UInt8]?, rest: any CDRPieces) {
    try await run(on: rests) { () -> Result<([UInt8]?, any CDRPieces), CDRRequest.Refusal> in
      var left = rest
      do throws(CDRRequest.Refusal) { return .success((try left.next(), left)) } catch { return .failure(error) }
    }.get()
  }
}
