import ApplianceAPI
import Synchronization

/// A document that says, once nobody wants more of it, how many of its bytes were taken.
struct NotedPieces: CDRPieces {
  private var pieces: any CDRPieces
  private let receipt: Receipt

  /// - Parameters:
  ///   - beginning: bytes that come before.
  ///   - note: told once, with all bytes, when the document is at its end or dropped.
  init(_ pieces: any CDRPieces, behind beginning: Int, note: @escaping @Sendable (_ bytes: Int) -> Void) {
    self.pieces = pieces
    receipt = Receipt(beginning, note)
  }

  mutating func next() throws(CDRRequest.Refusal) -> [UInt8]? {
    let piece = try pieces.next()
    receipt.add(piece?.count ?? 0)
    return piece
  }

  private final class Receipt: Sendable {
    private let bytes: Atomic<Int>
    private let note: @Sendable (Int) -> Void

    init(_ bytes: Int, _ note: @escaping @Sendable (Int) -> Void) {
      self.bytes = Atomic(bytes)
      self.note = note
    }

    func add(_ count: Int) { bytes.wrappingAdd(count, ordering: .relaxed) }

    deinit { note(bytes.load(ordering: .relaxed)) }
  }
}
