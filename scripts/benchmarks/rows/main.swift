// Writes made-up CDR rows through `CDRStore`, as `replay --out` does, and prints what that cost.
//
//   benchmark-rows DATABASE ROWS
//   benchmark-rows DATABASE ROWS pages
//   benchmark-rows DATABASE ROWS make
//
// The rows are made before the time is taken. Prints CPU seconds and rows a second; `insert_rows.c` writes the same.
// With `pages` it lays the indexes of the list of calls and prints how long parts of it take; with `make` it only lays
// them.
import CDRStorage
import Glibc
import PBXModel
import Primitives

/// CPU seconds of this process so far.
func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

let arguments = CommandLine.arguments
guard (3...4).contains(arguments.count), let wanted = Int(arguments[2]), wanted > 0,
  arguments.count == 3 || ["pages", "make"].contains(arguments[3])
else {
  print("usage: benchmark-rows DATABASE ROWS [pages|make]")
  exit(2)
}
if arguments.last == "pages" {
  try PageTimes.measure(arguments[1], rows: wanted)
  exit(0)
}
if arguments.last == "make" {
  print(try PageTimes.make(arguments[1], rows: wanted))
  exit(0)
}
var maker = CallMaker()
var sessions: [CDRSession] = []
var rows = 0
while rows < wanted {
  let session = maker.session()
  rows += 1 + session.others.count
  sessions.append(session)
}
let zone = try POSIXTimeZone("CET-1CEST,M3.5.0,M10.5.0/3").siteTimeZone()
let store = try CDRStore(
  path: CommandLine.arguments[1], existing: .replace, timeZone: zone, indexes: .whenClosed)
// A replay renders each row's texts once, for all files it writes; they are made between the times taken, as the C loop's are.
var writing = 0.0
var next = 0
var texts: [CDRRowTexts] = []
while next < sessions.count {
  let batch = sessions[next..<min(next + 1000, sessions.count)]
  texts.removeAll(keepingCapacity: true)
  for row in batch.flatMap(\.rows) {
    var text = CDRRowTexts(timeZone: zone)
    text.fill(with: row)
    texts.append(text)
  }
  let before = cpuSeconds()
  var place = 0
  for session in batch {
    try store.openSession(rows: 1 + session.others.count)
    store.add(session.first, texts[place])
    place += 1
    for row in session.others {
      store.add(row, texts[place])
      place += 1
    }
    try store.closeSession()
  }
  writing += cpuSeconds() - before
  next += 1000
}
let before = cpuSeconds()
try store.flush()
writing += cpuSeconds() - before
let written = cpuSeconds()
try store.close()
let closed = cpuSeconds()
print("\(rows) \(writing) \(closed - written)")
