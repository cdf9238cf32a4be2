import PBXModel
import Primitives

/// Compares the columns of rows that are paired, and says why a column may differ.
struct ComparedFields {
  /// Columns that number rows and calls, and those that are always empty.
  private static let never: Set<CDRField> = [.acctId, .uniqueid, .session, .amaflags, .chanext, .dstchanext]
  /// Columns whose words each dialplan chooses.
  private static let dialplans: Set<CDRField> = [.dcontext, .lastapp, .lastdata, .userfield, .accountCode]

  private let matching: RowMatching
  private let fields: [CDRField]
  private let writer: CDRLayout.Writer
  private let trunks: [String: String]
  private let timeZone: SiteTimeZone
  /// Calls of the run in which somebody was put through, parked or picked up, with the numbers in their rows.
  private var turned: [String: Set<String>] = [:]
  private let picked: Set<String>
  /// Starts of the dialled rows of each call.
  private var ourStarts: [String: [Int64]] = [:]
  private var theirStarts: [String: [Int64]] = [:]
  /// Phones rung in each call.
  private var ourPhones: [String: Set<String>] = [:]
  private var theirPhones: [String: Set<String>] = [:]

  /// The columns compared with a file of this layout, in the appliance's order.
  static func of(_ layout: CDRLayout) -> [CDRField] {
    CDRField.allCases.filter { field in
      guard layout.fields.contains(field), !never.contains(field) else { return false }
      switch layout.writer {
      case .asterisk: return !dialplans.contains(field)
      case .appliance: return true
      }
    }
  }

  init(
    _ matching: RowMatching, fields: [CDRField], writer: CDRLayout.Writer, trunks: [String: String],
    timeZone: SiteTimeZone
  ) {
    self.matching = matching
    self.fields = fields
    self.writer = writer
    self.trunks = trunks
    self.timeZone = timeZone
    var picked: Set<String> = []
    for row in matching.ours {
      switch row[.actionType] {
      case "TRANSFER", "PARKEDCALL": turned[row.call] = []
      case "PICKUP":
        turned[row.call] = []
        picked.insert(row.call)
      case _: break
      }
      if !row.dstParty.isEmpty {
        ourStarts[row.call, default: []].append(row.start)
        ourPhones[row.call, default: []].insert(row.dstParty)
      }
    }
    self.picked = picked
    for row in matching.ours where turned[row.call] != nil {
      turned[row.call]?.formUnion([row[.src], row[.dst], row.party, row.dstParty])
    }
    for row in matching.theirs where !row.dstParty.isEmpty {
      theirStarts[row.call, default: []].append(row.start + matching.offset)
      theirPhones[row.call, default: []].insert(row.dstParty)
    }
  }

  func differences(of pair: RowMatching.Pair) -> [Comparison.FieldDifference] {
    let (our, their) = (matching.ours[pair.ours], matching.theirs[pair.theirs])
    return fields.compactMap { field in
      guard let (ours, theirs) = difference(field, our, their) else { return nil }
      let why =
        switch writer {
        case .asterisk: asteriskExplanation(field, our, their)
        case .appliance: applianceExplanation(field, our, their)
        }
      return Comparison.FieldDifference(field: field, ours: ours, theirs: theirs, explanation: why)
    }
  }

  // MARK: What differs

  /// Both texts; nil for columns that agree.
  private func difference(_ field: CDRField, _ our: ComparableRow, _ their: ComparableRow) -> (String, String)? {
    switch field {
    case .start: return times(our.start, their.start)
    case .answer: return times(our.answer, their.answer)
    case .end: return times(our.end, their.end)
    case .duration: return lengths(our.duration, their.duration)
    case .billsec: return lengths(our.billsec, their.billsec)
    case .disposition: return texts(our.disposition, their.disposition)
    case .channel: return our.party == their.party ? nil : (our[field], their[field])
    case .dstchannel: return our.dstParty == their.dstParty ? nil : (our[field], their[field])
    case .clid: return unescaped(our[field]) == unescaped(their[field]) ? nil : (our[field], their[field])
    case .lastdata:
      // Cut at 255 characters on units of the 63xx kind (reference section 5.1).
      return their[field].count == 255 && our[field].hasPrefix(their[field]) ? nil : texts(our[field], their[field])
    case .channelExt, .dstchannelExt:
      return texts(our[field], trunks[their[field]] ?? their[field])
    case let field: return texts(our[field], their[field])
    }
  }

  private func texts(_ ours: String, _ theirs: String) -> (String, String)? { ours == theirs ? nil : (ours, theirs) }

  /// Asterisk writes a quote within a name behind a backslash.
  private func unescaped(_ clid: String) -> String {
    clid.contains("\\") ? clid.split(separator: "\\", omittingEmptySubsequences: false).joined() : clid
  }

  private func lengths(_ ours: Int64, _ theirs: Int64) -> (String, String)? {
    abs(ours - theirs) <= matching.tolerance ? nil : (String(ours), String(theirs))
  }

  private func times(_ ours: Int64?, _ theirs: Int64?) -> (String, String)? {
    let moved = theirs.map { $0 + matching.offset }
    if let ours, let moved, abs(ours - moved) <= matching.tolerance { return nil }
    if ours == nil, moved == nil { return nil }
    func text(_ time: Int64?) -> String { time.map { timeZone.local(Instant(seconds: $0)).text } ?? "" }
    return (text(ours), text(moved))
  }

  // MARK: Why

  private func asteriskExplanation(
    _ field: CDRField, _ our: ComparableRow, _ their: ComparableRow
  ) -> KnownDifference? {
    switch field {
    case .disposition:
      if our.outcome == their.outcome { return .congestion }
      return isOfPhonePickedUp(our, their) ? .pickupByChance : nil
    case .dstchannel: return haveOthersPhone(our, their) ? .membersAtOnce : nil
    case .start: return isSwapped(our, their) ? .membersAtOnce : nil
    case .duration: return times(our.start, their.start) != nil && isSwapped(our, their) ? .membersAtOnce : nil
    case .answer: return answerExplanation(our, their)
    case .end: return hasEmptyTimes(our) ? .emptyTimes : nil
    case .billsec: return wasAnsweredBefore(our, their) ? .answeredBeforeDial : nil
    case .src: return callerExplanation(our[.src], their[.src], our, their)
    case .clid:
      let (ourParts, theirParts) = (number(our[.clid]), number(their[.clid]))
      if ourParts == theirParts { return .nameOfCaller }
      return callerExplanation(ourParts, theirParts, our, their)
    case .dst: return calleeExplanation(our, their)
    case _: return nil
    }
  }

  /// Nobody lifted, and what Asterisk counts is what lies between its own times.
  private func wasAnsweredBefore(_ our: ComparableRow, _ their: ComparableRow) -> Bool {
    guard !our.isAnswered, our.billsec == 0, let answer = their.answer, let end = their.end else { return false }
    return abs(end - answer - their.billsec) <= matching.tolerance
  }

  private func isOfPhonePickedUp(_ our: ComparableRow, _ their: ComparableRow) -> Bool {
    let unanswered = Disposition.noAnswer.rawValue
    guard picked.contains(our.call), our.isAnswered != their.isAnswered else { return false }
    return (our.isAnswered || our.outcome == unanswered) && (their.isAnswered || their.outcome == unanswered)
      && their.billsec <= matching.tolerance
  }

  private func hasEmptyTimes(_ our: ComparableRow) -> Bool {
    our.end == nil && [Disposition.busy.rawValue, Disposition.failed.rawValue].contains(our.outcome)
  }

  private func answerExplanation(_ our: ComparableRow, _ their: ComparableRow) -> KnownDifference? {
    if our.answer == nil, hasEmptyTimes(our) { return .emptyTimes }
    if our.outcome == Disposition.noAnswer.rawValue, our.answer == our.end {
      return their.answer == nil ? .answerOfNoAnswer : .answeredBeforeDial
    }
    return nil
  }

  /// Two phones of one call whose rows have each other's start.
  private func isSwapped(_ our: ComparableRow, _ their: ComparableRow) -> Bool {
    func has(_ start: Int64, _ starts: [Int64]?) -> Bool {
      (starts ?? []).prefix(64).contains { abs($0 - start) <= matching.tolerance }
    }
    let theirStart = their.start + matching.offset
    return has(theirStart, ourStarts[our.call]) && has(our.start, theirStarts[their.call])
      && abs(our.start + our.duration - theirStart - their.duration) <= matching.tolerance + 1
  }

  /// Two phones of one call, neither of which lifted, whose rows have each other's start.
  private func haveOthersPhone(_ our: ComparableRow, _ their: ComparableRow) -> Bool {
    !our.isAnswered && our.outcome == their.outcome && times(our.start, their.start) == nil
      && (ourPhones[our.call] ?? []).contains(their.dstParty)
      && (theirPhones[their.call] ?? []).contains(our.dstParty)
  }

  private func callerExplanation(
    _ ours: String, _ theirs: String, _ our: ComparableRow, _ their: ComparableRow
  ) -> KnownDifference? {
    if let behind = their.behindLocal {
      let second = matching.theirs[behind]
      if second[.src] == ours || number(second[.clid]) == ours { return .localChannel }
    }
    if our.dstParty.hasPrefix("trunk_"), ours == our.party || theirs == our.party { return .callerIDOfTrunk }
    return (turned[our.call] ?? []).contains(theirs) ? .calleeOfTransfer : nil
  }

  private func calleeExplanation(_ our: ComparableRow, _ their: ComparableRow) -> KnownDifference? {
    let (ours, theirs) = (our[.dst], their[.dst])
    if let behind = their.behindLocal, matching.theirs[behind][.dst].hasSuffix(ours) || ours == our.dstParty {
      return .localChannel
    }
    if let numbers = turned[our.call], theirs.isEmpty || numbers.contains(theirs) { return .numberAfterTransfer }
    let shorter = ours.utf8.count < theirs.utf8.count ? ours : theirs
    if shorter.utf8.count >= 3, (ours + "\n").hasSuffix(shorter + "\n"), (theirs + "\n").hasSuffix(shorter + "\n") {
      return .prefixDialled
    }
    if our.isOnlyRowOfCall, our[.lastapp] == "ForkCDR", ["s", "t", "i", "h"].contains(theirs) { return .placeInMenu }
    if our.dstParty.isEmpty { return our[.lastapp] == "VoiceMail" ? .numberDialled : nil }
    return ours == our.dstParty ? .numberDialled : nil
  }

  private func number(_ clid: String) -> String {
    guard let open = clid.lastIndex(of: "<"), clid.hasSuffix(">") else { return clid }
    return String(clid[clid.index(after: open)...].dropLast())
  }

  private func applianceExplanation(
    _ field: CDRField, _ our: ComparableRow, _ their: ComparableRow
  ) -> KnownDifference? {
    switch field {
    case .recordfiles: return our[field].isEmpty ? .recordingUnseen : nil
    case .accountCode: return our[field].isEmpty ? .accountUnseen : nil
    case .service: return their[field] == "p" ? .analogUnseen : nil
    case .lastdata: return technologyless(our[field]) == technologyless(their[field]) ? .channelTechnology : nil
    case _: return nil
    }
  }

  private func technologyless(_ data: String) -> [Substring] {
    data.split(separator: "&", omittingEmptySubsequences: false).map { target in
      target.hasPrefix("PJSIP/") ? target.dropFirst(6) : target.hasPrefix("SIP/") ? target.dropFirst(4) : target
    }
  }
}
