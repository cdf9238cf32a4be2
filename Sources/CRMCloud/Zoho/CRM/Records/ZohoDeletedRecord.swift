import Primitives

/// What is left of a deleted record: enough to be listed.
struct ZohoDeletedRecord: Codable, Hashable {
  /// As many are kept of all modules together; the oldest make room.
  static let maximumCount = 10_000
  /// How long the recycle bin keeps a record (documented: 60 days); afterwards it is gone for good and still listed.
  static let binLife = Instant.Span.seconds(60 * 86_400)

  let id: String
  let module: ZohoModuleName
  let displayName: String?
  let createdBy: Int
  let deletedBy: Int
  let deletedAt: Instant

  /// Documented words of `type`.
  func type(at now: Instant) -> String { now - deletedAt < Self.binLife ? "recycle" : "permanent" }
}
