import Primitives

/// Writes a row's texts behind one another, each with a comma after it, in the order of `CDRField`.
///
/// Column by column in plain sequence: to ask each `CDRField` for its value costs three times as much, because every
/// value is a string that is held and let go of again.
struct CDRRowFiller {
  private(set) var cursor: ByteCursor
  /// As `CDRRowTexts.marked`.
  private(set) var marked: UInt64 = 0
  private let room: Int
  private let ends: UnsafeMutableBufferPointer<Int>
  private var place = 0

  /// - Parameter ends: takes where each text ends; one for each column.
  init(_ cursor: ByteCursor, ends: UnsafeMutableBufferPointer<Int>) {
    self.cursor = cursor
    room = cursor.room
    self.ends = ends
  }

  /// Bytes that the texts of a row are not longer than, their commas counted.
  static func bytesMax(of row: CDRRecord) -> Int {
    var count = CDRRowTexts.fields.count + 3 * ByteCursor.decimalBytesMax + 3 * WallClock.textBytesMax
    // Columns of fixed texts and flags.
    count += 256
    count += row.accountCode.utf8.count + row.src.utf8.count + row.dst.utf8.count + row.dcontext.utf8.count
    count += row.clid.utf8.count + row.channel.utf8.count + row.dstchannel.utf8.count + row.lastapp.utf8.count
    count += row.lastdata.utf8.count + row.uniqueid.utf8.count + row.channelExt.utf8.count
    count += row.dstchannelExt.utf8.count + row.service.utf8.count + row.callerName.utf8.count
    count += row.recordfiles.utf8.count + row.dstanswer.utf8.count + row.session.utf8.count
    count += row.actionOwner.utf8.count + row.actionType.utf8.count + row.srcTrunkName.utf8.count
    count += row.dstTrunkName.utf8.count + row.gdmsUniqueCode.utf8.count + row.waveSrcSeqid.utf8.count
    count += row.waveDstSeqid.utf8.count + row.deviceInfo.utf8.count + row.deviceInfoPeer.utf8.count
    return count + row.recordfilesDesc.utf8.count
  }

  /// Writes all of a row.
  mutating func put(_ row: CDRRecord, _ clock: inout WallClock) {
    number(Int64(row.acctId))
    text(row.accountCode)
    text(row.src)
    text(row.dst)
    text(row.dcontext)
    text(row.clid)
    text(row.channel)
    text(row.dstchannel)
    text(row.lastapp)
    text(row.lastdata)
    time(row.start, &clock)
    time(row.answer, &clock)
    time(row.end, &clock)
    number(row.durationSeconds)
    number(row.billsecSeconds)
    text(row.disposition.rawValue)
    word("DOCUMENTATION")
    text(row.uniqueid)
    text(row.userfield.rawValue)
    text(row.channelExt)
    text(row.dstchannelExt)
    text(row.service)
    text(row.callerName)
    text(row.recordfiles)
    text(row.dstanswer)
    // `chanext` and `dstchanext`.
    word("")
    word("")
    putColumnsSince62xx(row)
  }

  private mutating func putColumnsSince62xx(_ row: CDRRecord) {
    text(row.session)
    text(row.actionOwner)
    text(row.actionType)
    text(row.srcTrunkName)
    text(row.dstTrunkName)
    flag(row.isNATCall)
    flag(row.isNATCallOfPeer)
    flag(row.isVideoCall)
    text(row.gdmsUniqueCode)
    flag(row.isGDSCall)
    flag(row.isGSCCall)
    text(row.waveSrcSeqid)
    text(row.waveDstSeqid)
    text(row.deviceInfo)
    text(row.deviceInfoPeer)
    text(row.recordfilesDesc)
  }

  private mutating func text(_ text: String) {
    if !text.isEmpty {
      let start = cursor.room
      cursor.put(text)
      if cursor.withLast(start - cursor.room, CDRMarks.areIn) { marked |= 1 << UInt64(place) }
    }
    finishColumn()
  }

  private mutating func word(_ word: StaticString) {
    cursor.put(word)
    finishColumn()
  }

  private mutating func number(_ number: Int64) {
    cursor.put(decimal: number)
    finishColumn()
  }

  private mutating func time(_ time: Instant?, _ clock: inout WallClock) {
    if let time { clock.put(time, into: &cursor) }
    finishColumn()
  }

  private mutating func flag(_ flag: Bool?) {
    if let flag { cursor.put(flag ? "yes" : "no" as StaticString) }
    finishColumn()
  }

  private mutating func finishColumn() {
    guard place < ends.count else { return }
    ends[place] = room - cursor.room
    place += 1
    cursor.put(UInt8(ascii: ","))
  }
}
