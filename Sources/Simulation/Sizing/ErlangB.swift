/// Erlang's loss formula: calls come at random, take a channel or are lost, and nobody waits or tries again.
///
/// The traffic model of ITU-T E.501 and of every table of trunks; A. K. Erlang, 1917.
public enum ErlangB {
  /// More channels than any trunk has; traffic that needs more has no answer here.
  public static let channelsMax = 10_000_000

  /// The share of calls that find all `channels` taken, 0 to 1.
  ///
  /// Computed from no channel upwards, B(n) = A·B(n−1) / (n + A·B(n−1)): no factorial, so nothing grows too large.
  ///
  /// - Parameters:
  ///   - erlangs: the traffic offered, in channels taken on average; not negative, finite.
  ///   - channels: 0 or more; without any, all calls are lost.
  public static func blocking(erlangs: Double, channels: Int) -> Double {
    guard erlangs > 0, erlangs.isFinite else { return channels > 0 ? 0 : 1 }
    var blocking = 1.0
    var channel = 0
    while channel < channels, blocking > 0 {
      channel += 1
      blocking = following(blocking, erlangs: erlangs, channel: channel)
    }
    return blocking
  }

  /// The fewest channels of which at most `blocking` of the calls find none; nil past `channelsMax`.
  ///
  /// - Parameters:
  ///   - erlangs: the traffic offered; none needs no channel.
  ///   - blocking: above 0 and below 1; for anything else there is no answer, nil.
  public static func channels(erlangs: Double, blocking wanted: Double) -> Int? {
    guard wanted > 0, wanted < 1, erlangs.isFinite else { return nil }
    guard erlangs > 0 else { return 0 }
    var blocking = 1.0
    var channel = 0
    while blocking > wanted {
      guard channel < channelsMax else { return nil }
      channel += 1
      blocking = following(blocking, erlangs: erlangs, channel: channel)
    }
    return channel
  }

  private static func following(_ blocking: Double, erlangs: Double, channel: Int) -> Double {
    let lost = erlangs * blocking
    return lost / (Double(channel) + lost)
  }
}
