/// A document of CDRs, of which the beginning is there and the rest may still have to be read.
public struct CDRDocument: Sendable {
  /// The first bytes.
  public var beginning: [UInt8]
  /// What follows; nil for nothing.
  public var rest: (any CDRPieces)?

  /// Takes both as they are.
  public init(_ beginning: [UInt8], rest: (any CDRPieces)? = nil) {
    self.beginning = beginning
    self.rest = rest
  }

  /// All of it.
  ///
  /// - Throws: `CDRRequest.Refusal.unavailable`.
  public func bytes() throws(CDRRequest.Refusal) -> [UInt8] {
    var bytes = beginning
    guard var rest else { return bytes }
    while let piece = try rest.next() { bytes += piece }
    return bytes
  }
}

/// A document that is read piece by piece, so that memory holds no more than one however long it is.
public protocol CDRPieces: Sendable {
  /// The next bytes, which may be none; nil after the end.
  ///
  /// - Throws: `CDRRequest.Refusal.unavailable`, and the document breaks off.
  mutating func next() throws(CDRRequest.Refusal) -> [UInt8]?
}
