import Foundation
import PBXModel
import Primitives

/// Two hours ahead of UTC all year, so that local texts differ from UTC.
let eastern = SiteTimeZone(name: "Europe/Helsinki", offsets: [.init(since: .epoch, offsetSeconds: 7200)])

/// A session of `rows` rows whose every field differs from its neighbours'.
func session(_ number: Int, rows: Int = 1) -> CDRSession {
  var records: [CDRRecord] = []
  for index in 0..<max(1, rows) {
    let start = Instant(seconds: 1_683_815_430 + Int64(number), nanoseconds: 724_538_000 + Int64(index) * 1000)
    var row = CDRRecord(start: start, disposition: .answered, userfield: .outbound)
    row.acctId = number * 10 + index
    row.accountCode = "acc\(number)"
    row.src = "\(2000 + number % 100)"
    row.dst = "+4930000\(number)"
    row.dcontext = "outbound-route-1"
    row.clid = "\"Zoë, the \"\"first\"\"\" <2001>"
    row.channel = "PJSIP/2001-0000000\(index)"
    row.dstchannel = "PJSIP/trunk_1-0000000\(index)"
    row.lastapp = "Dial"
    row.lastdata = "PJSIP/+4930000\(number)@trunk_1,,b(callee-handler^s^1)"
    row.answer = start + .seconds(5)
    row.end = start + .seconds(12)
    row.durationSeconds = 12
    row.billsecSeconds = 7
    row.uniqueid = "1683815430.\(number)"
    row.channelExt = "2001"
    row.dstchannelExt = "trunk_1"
    row.callerName = "Zoë 山田"
    row.recordfiles = "2023-05/auto-1683815430-2001-2000.wav@"
    row.dstanswer = "+4930000\(number)"
    row.session = "1683815430724538-\(2000 + number % 100)"
    row.actionOwner = "2001"
    row.actionType = index == 0 ? "DIAL" : "TRANSFER"
    row.srcTrunkName = "in"
    row.dstTrunkName = "out"
    records.append(row)
  }
  guard let session = CDRSession(rows: records) else { preconditionFailure("a session has a row") }
  return session
}

/// A directory of one test's own, removed with the value.
final class ScratchDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("cdr-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String = "cdr.sqlite") -> String { url.appendingPathComponent(name).path }
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}
