import Primitives

/// A change of what is in use.
struct UseStep: Sendable {
  /// What is used.
  enum Subject: Hashable, Sendable {
    case resource(Resource)
    /// A trunk at its place in the list of trunks met.
    case trunk(Int, isOutgoing: Bool)
  }

  let time: Instant
  let subject: Subject
  /// Not 0.
  let delta: Int
}
