public import ApplianceAPI
import CDRStorage
import PBXModel
import Reports

/// All rows of a request as a document, piece by piece: memory holds one piece, and nobody who reads slowly keeps
/// others from reading.
///
/// Each piece is asked for anew, behind the last row of the piece before; what is written meanwhile comes at the end.
public struct CDRExport: CDRPieces {
  private let rows: LiveRows
  private var request: CDRPageRequest
  private var rendering: CDRRendering
  private var isBegun = false
  /// Calls that may still come.
  private var left: Int
  /// Whether there is nothing more.
  private(set) var isOver = false

  /// Calls of one piece: about 200 KB of CSV, read and rendered in about 30 ms (measured).
  private static let callsPerPiece = 500

  /// - Throws: where a number cannot be read.
  init(_ wanted: CDRRequest, of rows: LiveRows) throws(CDRRequest.Refusal) {
    self.rows = rows
    request = CDRPageRequest(try LiveRows.query(wanted))
    request.query.order = .oldest
    request.skipped = wanted.offset
    request.allowsScans = true
    left = wanted.isEmpty ? 0 : wanted.limit
    rendering = CDRRendering(CDRFormat(wanted.format), layout: rows.layout, timeZone: rows.timeZone)
  }

  /// The next bytes, which may be none; nil after the end.
  ///
  /// - Throws: `CDRRequest.Refusal.unavailable`, and the document breaks off.
  public mutating func next() throws(CDRRequest.Refusal) -> [UInt8]? {
    guard !isOver else { return nil }
    var bytes: [UInt8] = []
    guard isBegun else {
      isBegun = true
      rendering.start(&bytes)
      return bytes
    }
    guard left > 0 else {
      rendering.finish(&bytes)
      isOver = true
      return bytes
    }
    request.limit = min(Self.callsPerPiece, left)
    let wanted = request
    let page = try rows.read { try $0.page(wanted) }
    // The cleaner took the row away behind which it would go on.
    guard !page.hasLostCursor else { throw .unavailable }
    for call in page.calls { rendering.append(call.session, to: &bytes) }
    left -= page.calls.count
    if let next = page.next, left > 0 {
      request.cursor = next
    } else {
      rendering.finish(&bytes)
      isOver = true
    }
    return bytes
  }
}

extension CDRFormat {
  init(_ format: CDRRequest.Format) {
    self =
      switch format {
      case .csv: .csv
      case .xml: .xml
      case .json: .json
      }
  }
}
