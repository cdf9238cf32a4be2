import PBXModel

/// Why a row may be on one side only. Each reason asks for what must be there beside it, so that a missing call is not
/// taken for a peculiarity.
struct LoneRows {
  private let ours: [ComparableRow]
  private let theirs: [ComparableRow]
  private let writer: CDRLayout.Writer
  private let tolerance: Int64
  private let offset: Int64
  private var theirsByCall: [String: [Int]] = [:]
  private var theirsByParty: [String: [Int]] = [:]
  private var oursByParty: [String: [Int]] = [:]
  /// Whether the file has rows of calls that nobody was dialled for and nobody answered (`unanswered=yes`).
  private let hasUnanswered: Bool

  /// Rows of one call or party that are looked at.
  private static let relativesMax = 64

  init(_ matching: RowMatching, writer: CDRLayout.Writer) {
    ours = matching.ours
    theirs = matching.theirs
    tolerance = matching.tolerance
    offset = matching.offset
    self.writer = writer
    hasUnanswered = theirs.contains { $0.dstParty.isEmpty && !$0.isAnswered }
    guard writer == .asterisk else { return }
    for (place, row) in theirs.enumerated() {
      if !row.call.isEmpty { theirsByCall[row.call, default: []].append(place) }
      theirsByParty[row.party, default: []].append(place)
      if !row.dstParty.isEmpty { theirsByParty[row.dstParty, default: []].append(place) }
    }
    for (place, row) in ours.enumerated() { oursByParty[row.party, default: []].append(place) }
  }

  // MARK: Rows only the file has

  func explanation(ofTheirs place: Int) -> KnownDifference? {
    let row = theirs[place]
    guard writer == .asterisk else { return nil }
    let app = row[.lastapp]
    if app == "ConfBridge", hasConference(of: row.party, from: row, theirsOffset: offset) { return .conferencePairs }
    if row.dstParty.isEmpty, !isRepeated(place), let why = sequelExplanation(row, app, relatives(of: place)) {
      return why
    }
    let isOfCallByPBX = near(
      oursByParty[row.party] ?? [], ours, from: row.start + offset - tolerance, to: row.start + offset + tolerance
    ).contains { isCallByPBX($0, row) }
    return isOfCallByPBX ? .callByPBX : nil
  }

  /// Rows that Asterisk writes beside a dialled one.
  private func sequelExplanation(
    _ row: ComparableRow, _ app: String, _ relatives: [ComparableRow]
  ) -> KnownDifference? {
    func isNear(_ one: Int64, _ other: Int64) -> Bool { abs(one - other) <= tolerance }
    let isShort = row.duration <= tolerance
    switch app {
    case "Hangup":
      let follows = relatives.contains { before in
        before.uniqueid == row.uniqueid && before[.src] == row[.src]
          && isNear(before.start + before.duration, row.start)
          && (!row.isAnswered || before.answer != nil)
      }
      return isShort && follows ? .hangupAfterDial : nil
    case "ParkedCall":
      let isThere = relatives.contains { $0.dstParty == row.party && isNear($0.start, row.start + row.duration) }
      return isShort && row.isAnswered && isThere ? .parkedCallFetched : nil
    case "AppDial":
      let rang = relatives.contains {
        $0[.dstchannel] == row[.channel] && isNear($0.start, row.start) && isNear($0.duration, row.duration)
      }
      return !row.isAnswered && rang ? .pickedUpPhone : nil
    case _: return nil
    }
  }

  /// Whether the same row stands there before: written twice, it is no sequel.
  private func isRepeated(_ place: Int) -> Bool {
    let row = theirs[place]
    return (theirsByCall[row.call] ?? []).prefix(Self.relativesMax).contains { other in
      other < place && theirs[other].start == row.start && theirs[other][.channel] == row[.channel]
        && theirs[other][.lastapp] == row[.lastapp] && theirs[other].dstParty.isEmpty
    }
  }

  private func relatives(of place: Int) -> [ComparableRow] {
    (theirsByCall[theirs[place].call] ?? []).prefix(Self.relativesMax).filter { $0 != place }.map { theirs[$0] }
  }

  private func hasConference(of party: String, from row: ComparableRow, theirsOffset: Int64) -> Bool {
    near(
      oursByParty[party] ?? [], ours, from: row.start + theirsOffset - Self.conferenceSeconds,
      to: row.start + theirsOffset + row.duration + tolerance
    ).contains { $0[.lastapp] == "ConfBridge" && $0.start + $0.duration + tolerance >= row.start + theirsOffset }
  }

  private static let conferenceSeconds: Int64 = 14_400

  /// A call of the run whose caller's and callee's channel are one phone's, and a row of theirs that tells of it: the
  /// phone that was rung first, or whom it then talked with.
  private func isCallByPBX(_ our: ComparableRow, _ their: ComparableRow) -> Bool {
    guard isCallOfItself(our), our.outcome == their.outcome else { return false }
    if their.dstParty.isEmpty { return their[.lastapp] == "AppDial2" }
    return their.isAnswered && their.dstParty != our.party
  }

  private func isCallOfItself(_ row: ComparableRow) -> Bool {
    row.party == row.dstParty && row[.src] == row[.dst] && !row.party.isEmpty
  }

  /// Of rows in the order of their starts, those that begin within a time; at most so many.
  private func near(_ places: [Int], _ rows: [ComparableRow], from: Int64, to: Int64) -> [ComparableRow] {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[places[middle]].start < from { low = middle + 1 } else { high = middle }
    }
    return places[low...].prefix(Self.relativesMax).map { rows[$0] }.filter { $0.start <= to }
  }

  // MARK: Rows only the run has

  func explanation(ofOurs place: Int) -> KnownDifference? {
    let row = ours[place]
    guard writer == .asterisk else { return nil }
    let app = row[.lastapp]
    if row.isEntrance { return .entranceRow }
    let start = row.start - offset
    let beside = near(theirsByParty[row.party] ?? [], theirs, from: start - tolerance, to: start + tolerance)
      .filter { !row.party.hasPrefix("trunk_") || $0[.src] == row[.src] }
    if app == "ConfBridge", row.dstParty.isEmpty {
      let others = near(
        theirsByParty[row.party] ?? [], theirs, from: start - tolerance, to: start + row.duration + tolerance)
      return others.contains { $0[.lastapp] == "ConfBridge" } ? .conferenceMember : nil
    }
    let isUnwritten = !row.isAnswered && !hasUnanswered && beside.isEmpty
    if isCallOfItself(row), isUnwritten || beside.contains(where: { isCallByPBX(row, $0) }) { return .callByPBX }
    if row.party == "trunk_0", isSecondHalfOfCallByPBX(row) { return .callByPBX }
    guard row.dstParty.isEmpty, !row.isAnswered, beside.isEmpty else { return nil }
    let isUnknownNumber =
      row[.lastdata].contains("wrong-number") || app == "Congestion" && row.party.hasPrefix("trunk_")
    if row.outcome == Disposition.failed.rawValue, isUnknownNumber { return .noDialplanEntry }
    return hasUnanswered ? nil : .unansweredNotWritten
  }

  /// The leg that a call by the PBX leads to has no caller on the wire, who then counts as an unknown trunk.
  private func isSecondHalfOfCallByPBX(_ row: ComparableRow) -> Bool {
    let start = row.start - offset
    return near(
      theirsByParty[row.dstParty] ?? [], theirs, from: start - RowMatching.looseSeconds, to: start + tolerance
    ).contains { other in
      other.dstParty == row.dstParty && abs(other.start + other.duration - start - row.duration) <= tolerance + 1
        && near(
          oursByParty[other.party] ?? [], ours, from: other.start + offset - tolerance,
          to: other.start + offset + tolerance
        ).contains { isCallByPBX($0, other) }
    }
  }
}
