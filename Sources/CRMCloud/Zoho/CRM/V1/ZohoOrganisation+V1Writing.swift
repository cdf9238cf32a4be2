import JSON
import Primitives

/// What became of one row of a request that writes.
private enum ZohoV1Outcome {
  case added(ZohoRecord)
  case updated(ZohoRecord)
  case duplicate(ZohoRecord)
  case refused(ZohoV1Error)
}

extension ZohoOrganisation {
  /// The rules of fields that v1 is held to.
  private static var v1Rules: ZohoAPIVersion { ZohoAPIVersion.all[0] }

  /// `insertRecords`: at most 100 rows; `duplicateCheck` 1 refuses, 2 updates what is there (documented).
  mutating func v1Insert(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let rows = try ZohoXMLRows.read(try call.mandatory("xmlData"), module: module.v1Name)
    let check = try call.number("duplicateCheck", in: 0...2, otherwise: 0)
    let version = try version(call)
    var outcomes: [(row: ZohoXMLRows.Row, outcome: ZohoV1Outcome)] = []
    for row in rows {
      do throws(ZohoV1Error) {
        let record = try record(row, module)
        outcomes.append((row, try add(record, module, check, call)))
      } catch {
        guard version == 4 else { throw error }
        outcomes.append((row, .refused(error)))
      }
    }
    // Version 4 where the organisation refuses e-mail addresses twice has answered nothing at all (observed).
    if version == 4, settings.refusesDuplicateEmails, check == 0 {
      outcomes.removeAll { if case .duplicate = $0.outcome { true } else { false } }
    }
    return result(outcomes, version)
  }

  /// `updateRecords`: `id` and one row, or in version 4 an `Id` in every row (documented).
  mutating func v1Update(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let version = try version(call)
    let rows = try ZohoXMLRows.read(try call.mandatory("xmlData"), module: module.v1Name)
    guard version == 4 || rows.count == 1 else { throw .wrongParameter }
    var outcomes: [(row: ZohoXMLRows.Row, outcome: ZohoV1Outcome)] = []
    for row in rows {
      do throws(ZohoV1Error) {
        guard let id = version == 4 ? row["Id"] ?? call.parameters["id"] : call.parameters["id"] else {
          throw .parameterMissing
        }
        outcomes.append((row, .updated(try edit(id, try record(row, module), module, call))))
      } catch {
        guard version == 4 else { throw error }
        outcomes.append((row, .refused(error)))
      }
    }
    return result(outcomes, version)
  }

  mutating func v1Delete(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let id = try call.mandatory("id")
    guard records.delete(id, in: module, by: call.userIndex, at: call.instant) else { throw .noSuchRecord }
    return ZohoV1Node(
      "result", [],
      [
        ZohoV1Node("message", text: "Record Id(s) : \(id),Record(s) deleted successfully"),
        ZohoV1Node("code", text: "5000"),
      ])
  }

  private func version(_ call: ZohoV1Call) throws(ZohoV1Error) -> Int {
    let version = try call.number("version", in: 1...4, otherwise: 1)
    guard version != 3 else { throw .wrongParameter }
    return version
  }

  private mutating func add(
    _ record: JSONValue, _ module: ZohoModuleName, _ check: Int, _ call: ZohoV1Call
  ) throws(ZohoV1Error) -> ZohoV1Outcome {
    let keys: [String] =
      switch module {
      case .contacts, .leads: ["Email"]
      case .accounts: ["Account_Name"]
      case .deals, .calls, .tasks, .events, .campaigns, .notes: []
      }
    let isChecked = check > 0 || (settings.refusesDuplicateEmails && keys == ["Email"])
    if isChecked, let (old, _) = duplicate(of: record, in: module, by: keys) {
      return check == 2 ? .updated(try edit(old.id, record, module, call)) : .duplicate(old)
    }
    do throws(ZohoRefusedRecord) {
      let (values, owner) = try checked(record, module, over: nil, Self.v1Rules)
      return .added(
        try records.insert(values, into: module, by: call.userIndex, owner: owner, at: call.instant))
    } catch {
      throw ZohoV1Error(error)
    }
  }

  private mutating func edit(
    _ id: String, _ record: JSONValue, _ module: ZohoModuleName, _ call: ZohoV1Call
  ) throws(ZohoV1Error) -> ZohoRecord {
    guard let old = records.record(id, in: module) else { throw .noSuchRecord }
    do throws(ZohoRefusedRecord) {
      let (values, owner) = try checked(record, module, over: old, Self.v1Rules)
      return records.update(id, values: values, by: call.userIndex, owner: owner, at: call.instant) ?? old
    } catch {
      throw ZohoV1Error(error)
    }
  }

  private func result(
    _ outcomes: [(row: ZohoXMLRows.Row, outcome: ZohoV1Outcome)], _ version: Int
  ) -> ZohoV1Node {
    guard version == 4 else { return plainResult(outcomes.map(\.outcome)) }
    let rows = outcomes.enumerated().map { index, entry in
      let number = entry.row.number.isEmpty ? String(index + 1) : entry.row.number
      return ZohoV1Node("row", [("no", number)], [row(entry.outcome)])
    }
    return ZohoV1Node("result", [], rows)
  }

  /// Codes of version 4: 2000 added, 2001 updated, 2002 there already (documented).
  private func row(_ outcome: ZohoV1Outcome) -> ZohoV1Node {
    switch outcome {
    case .added(let record): success("2000", record)
    case .updated(let record): success("2001", record)
    case .duplicate(let record): success("2002", record)
    case .refused(let error):
      ZohoV1Node(
        "error", [],
        [ZohoV1Node("code", text: String(error.rawValue)), ZohoV1Node("details", text: error.message)])
    }
  }

  private func success(_ code: String, _ record: ZohoRecord) -> ZohoV1Node {
    ZohoV1Node(
      "success", [], [ZohoV1Node("code", text: code), ZohoV1Node("details", [], details(record))])
  }

  private func plainResult(_ outcomes: [ZohoV1Outcome]) -> ZohoV1Node {
    var message = "Record(s) added successfully"
    var nodes: [ZohoV1Node] = []
    for outcome in outcomes {
      switch outcome {
      case .added(let record): nodes.append(ZohoV1Node("recorddetail", [], details(record)))
      case .updated(let record):
        message = "Record(s) updated successfully"
        nodes.append(ZohoV1Node("recorddetail", [], details(record)))
      case .duplicate(let record):
        message = "Record(s) already exists"
        nodes.append(ZohoV1Node("recorddetail", [], details(record)))
      case .refused: break
      }
    }
    return ZohoV1Node("result", [], [ZohoV1Node("message", text: message)] + nodes)
  }

  private func details(_ record: ZohoRecord) -> [ZohoV1Node] {
    [
      .field("Id", record.id, isWrapped: false),
      .field("Created Time", v1Text(record.createdAt), isWrapped: false),
      .field("Modified Time", v1Text(record.modifiedAt), isWrapped: false),
      .field("Created By", user(at: record.createdBy)?.fullName ?? ""),
      .field("Modified By", user(at: record.modifiedBy)?.fullName ?? ""),
    ]
  }
}
