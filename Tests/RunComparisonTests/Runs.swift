import JSON
import PBXModel
import Primitives
import RunComparison
import Testing

/// A run of calls from `caller` to `callee`, one for each second given.
func run(_ name: String = "run", calls: [CDRSession] = [], journal: [String] = [], requests: [String] = []) throws
  -> RecordedRun
{
  var run = RecordedRun(name: name)
  run.calls = calls
  run.journal = try journal.map { try #require(JournalLine(try value($0))) }
  run.requests = try requests.map { try #require(RequestLine(try value($0))) }
  return run
}

func value(_ text: String) throws -> JSONValue { try #require(JSONValue(parsing: Array(text.utf8))) }

/// A call of one row, answered for five seconds.
func call(
  from caller: String = "1001", to callee: String = "1002", at second: Int64 = 100, serial: Int = 1,
  change: (inout CDRRecord) -> Void = { _ in }
) -> CDRSession {
  var row = CDRRecord(start: Instant(seconds: second), disposition: .answered, userfield: .internal)
  row.acctId = serial
  row.src = caller
  row.dst = callee
  row.channel = "PJSIP/\(caller)-0000000\(serial)"
  row.dstchannel = "PJSIP/\(callee)-0000000\(serial + 1)"
  row.dstchannelExt = callee
  row.uniqueid = "\(second).\(serial)"
  row.session = "\(second)0-\(caller)"
  row.actionType = "DIAL"
  row.durationSeconds = 5
  change(&row)
  return CDRSession(first: row, others: [])
}
