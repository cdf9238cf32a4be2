import SIP

/// Keys under which a call is known by its caller together with a number: by the caller's spelling and by the last
/// digits, for each identity the leg shows.
struct PairKeys: Sequence, IteratorProtocol {
  private var spelling: NumberKey?
  private var digits: NumberKey?
  private var from: NumberKey?

  fileprivate init(_ leg: Leg, with number: NumberKey) {
    if let hash = leg.keys.callerSpelling {
      spelling = NumberKey(pairing: hash, with: number)
      digits = NumberKey(pairing: leg.keys.caller.rawValue, with: number)
    }
    if leg.keys.callerField != .fromUser, !leg.texts.isEmpty(.fromUser) {
      from = NumberKey(pairing: leg.keys.from.rawValue, with: number)
    }
  }

  mutating func next() -> NumberKey? { spelling.take() ?? digits.take() ?? from.take() }
}

extension Leg {
  /// The keys of its caller together with `number`.
  func pairKeys(with number: NumberKey) -> PairKeys { PairKeys(self, with: number) }
}
