import PBXModel
import Reports

extension CallChoice {
  /// Reads the traces for the call that is meant.
  ///
  /// Where none or several fit, the complaint is one of usage; the calls that fit are listed on standard error.
  func pick(from reading: TraceReading) throws -> Call {
    var picker = CallPicker(self)
    let (model, outcome) = try reading.run(message: { picker.receive($0) }) { event in
      switch event {
      case .call(.ended(let call)): picker.receive(call)
      case .call, .registration: break
      }
      return true
    }
    for call in model.calls.runningCalls { picker.receive(call) }
    if let call = picker.calls.first, picker.count == 1 { return call }
    // What could not be read may be why the call is not there.
    try outcome.complain()
    guard let first = picker.calls.first else {
      let calls = picker.total == 1 ? "1 call" : "\(picker.total) calls"
      throw Complaint(
        text.map { "no \($0); the traces hold \(calls) (see `ucmsim calls`)" } ?? "the traces hold no call", .usage)
    }
    picker.list()
    throw Complaint(
      "\(picker.count) calls\(text == nil ? "" : " fit"); choose one, as with --call \(first.id.rawValue)", .usage)
  }
}

extension CallPicker {
  /// The calls kept, as a table on standard error.
  fileprivate func list() {
    let columns = [0, 1, 4, 5, 6, 7, 8, 10]
    var table = TextTable(columns.map { .init(CallReport.columns[$0].uppercased()) })
    for call in calls {
      let texts = CallReport.texts(call)
      table.append(columns.map { texts[$0] })
    }
    StandardError.write(table.text())
    let left = count - calls.count
    if left > 0 { StandardError.write("… \(left) more (see `ucmsim calls`)\n") }
  }
}
