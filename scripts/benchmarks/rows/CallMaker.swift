import PBXModel
import Primitives

/// A month of calls: 400 extensions, two trunks, every seventh call in a ring group of three rows.
struct CallMaker {
  var number = 0
  var random = SeededGenerator(seed: 1)

  mutating func session() -> CDRSession {
    number += 1
    let start = Instant(seconds: 1_762_000_000, nanoseconds: Int64(number) * 2_700_123_457)
    let rows = number % 7 == 0 ? 3 : 1
    let caller = String(1000 + Int(random.next() % 400))
    let records = (0..<rows).map { record(start: start, caller: caller, index: $0) }
    return CDRSession(first: records[0], others: Array(records.dropFirst()))
  }

  private mutating func record(start: Instant, caller: String, index: Int) -> CDRRecord {
    let pick = random.next() % 100
    let disposition: Disposition = pick < 70 ? .answered : pick < 90 ? .noAnswer : pick < 98 ? .busy : .failed
    let direction: CallDirection = [.internal, .inbound, .outbound][Int(random.next() % 3)]
    var row = CDRRecord(start: start, disposition: disposition, userfield: direction)
    let outside = "+4930" + String(1_000_000 + random.next() % 50_000)
    let isOutbound = direction == .outbound
    row.acctId = number
    row.src = direction == .inbound ? outside : caller
    row.dst = isOutbound ? outside : String(1000 + Int(random.next() % 400))
    row.dcontext = isOutbound ? "outbound-route-1" : direction == .inbound ? "ext-did-1" : "from-internal"
    row.clid = "\"Extension \(row.src)\" <\(row.src)>"
    row.channel = "PJSIP/\(direction == .inbound ? "trunk_1" : caller)-" + hexadecimal(number * 2)
    row.dstchannel = "PJSIP/\(isOutbound ? "trunk_2" : row.dst)-" + hexadecimal(number * 2 + 1 + index)
    row.lastapp = "Dial"
    row.lastdata = isOutbound
      ? "PJSIP/\(row.dst)@trunk_2,,b(callee-handler^s^1)"
      : "PJSIP/\(row.dst)/sip:\(row.dst)@192.0.2.43:5060,60,zb(callee-handler^s^1)"
    let seconds = Int64(random.next() % 300)
    row.durationSeconds = seconds + 8
    switch disposition {
    case .answered:
      row.answer = start + .seconds(8)
      row.end = start + .seconds(seconds + 8)
      row.billsecSeconds = seconds
      row.dstanswer = row.dst
    case .noAnswer: (row.answer, row.end) = (start + .seconds(seconds + 8), start + .seconds(seconds + 8))
    case .busy, .failed: break
    }
    row.uniqueid = "\(start.seconds).\(number * 2)"
    row.channelExt = direction == .inbound ? "trunk_1" : caller
    row.dstchannelExt = isOutbound ? "trunk_2" : row.dst
    row.callerName = "Extension \(row.src)"
    row.session = "\(start.seconds)\(start.microsecondsOfSecond)-\(row.src)"
    row.actionOwner = row.src
    row.actionType = number % 7 == 0 ? "RINGGROUP[6400]" : "DIAL"
    if direction == .inbound { row.srcTrunkName = "Carrier West" }
    if isOutbound { row.dstTrunkName = "Carrier East" }
    return row
  }

  private func hexadecimal(_ value: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
