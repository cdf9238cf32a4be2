import PBXModel

/// Takes the two rows that a Local channel makes of one connection together, as the one the appliance's rows have.
///
/// Asterisk dials through such a channel where a phone redirects (302) or a group dials numbers of the dialplan; one
/// row ends at `Local/…;1`, the other begins at `Local/…;2` and knows who really answered (upstream, recorded traces).
enum LocalChannels {
  /// - Parameter tolerance: seconds that the two rows may begin apart.
  /// - Returns: the rows, with the callee of the second half put in place of the Local channel, and the places of the
  ///   second halves.
  static func joined(_ rows: [ComparableRow], tolerance: Int64) -> (rows: [ComparableRow], second: Set<Int>) {
    var second: [String: Int] = [:]
    for (place, row) in rows.enumerated() {
      let channel = ChannelName(row[.channel])
      if let pair = channel.localPair, channel.half == 2, second[pair] == nil { second[pair] = place }
    }
    guard !second.isEmpty else { return (rows, []) }
    var result = rows
    var taken: Set<Int> = []
    for place in rows.indices {
      let callee = ChannelName(rows[place][.dstchannel])
      guard let pair = callee.localPair, callee.half == 1, let behind = second[pair], behind != place,
        abs(rows[behind].start - rows[place].start) <= tolerance, rows[behind].outcome == rows[place].outcome,
        taken.insert(behind).inserted
      else { continue }
      result[place].takeCallee(of: rows[behind])
      result[place].behindLocal = behind
    }
    return (result, taken)
  }
}
