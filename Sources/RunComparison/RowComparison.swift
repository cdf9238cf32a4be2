import PBXModel
import Primitives

/// The rows of one call in two runs.
struct RowComparison {
  /// Columns that only number rows and channels, which earlier calls shift.
  static let numbering: Set<CDRField> = [.acctId, .uniqueid, .session]

  /// The columns compared, in the appliance's order.
  let columns: [CDRField]
  /// The wall clocks of the one and the other run.
  let zones: (before: SiteTimeZone, after: SiteTimeZone)

  func changes(_ before: [CDRRecord], _ after: [CDRRecord]) -> [RunDifference.RowChange] {
    let (one, other) = (before.map { texts($0, zones.before) }, after.map { texts($0, zones.after) })
    let pairing = Pairing(
      Array(before.indices).map { (row: before[$0], texts: one[$0]) },
      Array(after.indices).map { (row: after[$0], texts: other[$0]) },
      by: [
        { $0.texts.joined(separator: "\u{0}") },
        { "\($0.row.actionType) \($0.row.dst) \($0.row.dstchannelExt) \($0.row.start.seconds)" },
        { "\($0.row.actionType) \($0.row.dst)" }, \.row.actionType, { _ in "" },
      ])
    let changed = pairing.pairs.compactMap { pair -> (place: Int, change: RunDifference.RowChange)? in
      let fields = columns.indices.compactMap { index -> RunDifference.ValueChange<CDRField>? in
        let (left, right) = (one[pair.before][index], other[pair.after][index])
        return left == right ? nil : .init(name: columns[index], before: left, after: right)
      }
      guard !fields.isEmpty else { return nil }
      return (pair.before, .init(before: before[pair.before], after: after[pair.after], fields: fields))
    }
    let gone = pairing.onlyBefore.map { place in
      (place: place, change: RunDifference.RowChange(before: before[place], after: nil, fields: []))
    }
    let new = pairing.onlyAfter.map { RunDifference.RowChange(before: nil, after: after[$0], fields: []) }
    return (changed + gone).sorted { $0.place < $1.place }.map(\.change) + new
  }

  private func texts(_ row: CDRRecord, _ zone: SiteTimeZone) -> [String] {
    columns.map { field in
      let text = field.text(of: row, in: zone)
      return field == .channel || field == .dstchannel ? Self.withoutSerial(text) : text
    }
  }

  /// `PJSIP/1001-0000000b` without the channel's number since boot.
  private static func withoutSerial(_ channel: String) -> String {
    guard let dash = channel.lastIndex(of: "-") else { return channel }
    let serial = channel[channel.index(after: dash)...]
    return serial.utf8.count == 8 && serial.allSatisfy(\.isHexDigit) ? String(channel[..<dash]) : channel
  }
}
