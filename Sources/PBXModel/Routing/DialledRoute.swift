/// Where a number dialled leads, by the site file alone.
public final class DialledRoute: Sendable {
  /// What the number at the end of the way is.
  public enum Target: Hashable, Sendable {
    /// An extension of the site.
    case account(Extension)
    /// A ring group.
    case ringGroup(RingGroup)
    /// A call queue.
    case queue(Queue)
    /// A voice menu.
    case ivr(IVR)
    /// A conference room, by its number.
    case conference(String)
    /// The number that parks a call.
    case parking
    /// A place in the parking lot.
    case parkingSlot(Int)
    /// A feature code.
    case feature(FeatureCode.Function)
    /// Nothing the site file names: a number outside, or one nobody has.
    case unknown
  }

  /// The inbound route a call from a trunk takes; nil where none fits, and for a call of an extension.
  public let inbound: InboundRoute?
  /// The outbound route of a number the site does not have itself.
  public let outbound: OutboundRoute?
  /// What was dialled, or what the DID leads to.
  public let number: String
  /// What `number` is.
  public let target: Target
  /// Whether `target` is an extension, or nothing that the site file names; asked for every call, without a copy of it.
  public let isToPhone: Bool
  /// Whether `target` is an extension that hands calls on.
  public let mayForward: Bool
  /// Of the numbers that may ring, what was dialled included.
  let reachable: [NumberKey]

  init(inbound: InboundRoute?, outbound: OutboundRoute?, number: String, target: Target, reachable: [NumberKey]) {
    self.inbound = inbound
    self.outbound = outbound
    self.number = number
    self.target = target
    switch target {
    case .account(let account):
      isToPhone = true
      mayForward =
        !account.followMe.isEmpty || account.forwardAlways != nil || account.forwardBusy != nil
        || account.forwardNoAnswer != nil
    case .unknown: (isToPhone, mayForward) = (true, false)
    case .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature:
      (isToPhone, mayForward) = (false, false)
    }
    self.reachable = reachable
  }
}
