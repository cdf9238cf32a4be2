import HTTPTypes
import JSON
import Primitives

/// A list of other records below one record's page and in the API: which ones, and by which of their fields.
struct ZohoRelatedList: Hashable {
  let name: String
  let module: ZohoModuleName
  /// Fields of the other module that refer to the record.
  let fields: [String]
  /// Whether only activities that are over are in it.
  var onlyClosed = false

  /// The lists of a module (documented: related lists of the v2 API, as far as a telephone integration asks).
  static func all(of module: ZohoModuleName) -> [ZohoRelatedList] {
    guard module != .notes else { return [] }
    let notes = ZohoRelatedList(name: "Notes", module: .notes, fields: ["Parent_Id"])
    let link = module == .contacts ? ["Who_Id", "What_Id"] : ["What_Id"]
    let activities = [
      ZohoRelatedList(name: "Calls", module: .calls, fields: link),
      ZohoRelatedList(name: "Calls_History", module: .calls, fields: link, onlyClosed: true),
      ZohoRelatedList(name: "Tasks", module: .tasks, fields: link),
      ZohoRelatedList(name: "Events", module: .events, fields: link),
    ]
    return switch module {
    case .contacts:
      [notes] + activities + [ZohoRelatedList(name: "Deals", module: .deals, fields: ["Contact_Name"])]
    case .accounts:
      [notes] + activities + [
        ZohoRelatedList(name: "Contacts", module: .contacts, fields: ["Account_Name"]),
        ZohoRelatedList(name: "Deals", module: .deals, fields: ["Account_Name"]),
      ]
    case .leads, .deals, .campaigns: [notes] + activities
    case .calls, .tasks, .events, .notes: [notes]
    }
  }
}

extension ZohoOrganisation {
  /// `/{Module}/{id}/{list}`: GET the list; POST for notes.
  mutating func respond(
    related name: String, of id: String, in module: ZohoModuleName, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    guard let list = ZohoRelatedList.all(of: module).first(where: { $0.name == name }) else {
      throw .unknownRelation
    }
    switch call.method {
    case .get:
      // Documented for notes: the scope of the parent's module as well.
      try require([(.read, list.module), (.read, module)], call)
      guard ZohoIdentifiers.isWellFormed(id), records.record(id, in: module) != nil else {
        throw .invalidID(call.version)
      }
      return try show(list, of: id, call)
    case .post where list.module == .notes:
      try require([(.create, .notes), (.read, module)], call)
      guard ZohoIdentifiers.isWellFormed(id), records.record(id, in: module) != nil else {
        throw .invalidID(call.version)
      }
      return try addNotes(to: id, in: module, call)
    case _: throw .invalidMethod
    }
  }

  private func show(
    _ list: ZohoRelatedList, of id: String, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    let fields = try fields(of: call, mandatory: call.version.requiresFields)
    let found = records.filter(list.module, places: nil) { record in
      list.fields.contains { record.values[$0]?["id"]?.string == id }
        && !(list.onlyClosed && record.values["Call_Status"]?.string == "Scheduled")
    }
    return respond(with: found, try ZohoPaging(call.query), fields, call)
  }

  /// The parent stands in the path; what the notes say of it is ignored (assumed).
  private mutating func addNotes(
    to id: String, in module: ZohoModuleName, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    let (given, _) = try call.records(maximum: Self.maximumWrittenRecords)
    let parent: [JSONValue.Member] = [
      .init("Parent_Id", ["id": .string(id)]), .init("se_module", .string(module.rawValue)),
    ]
    let notes = given.map { note in
      note.members.map { .object($0.filter { !["Parent_Id", "se_module", "$se_module"].contains($0.name) } + parent) }
        ?? note
    }
    let body: JSONValue = ["data": .array(notes)]
    let insertion = ZohoAPICall(
      version: call.version, method: .post, parts: [], query: call.query, headerFields: call.headerFields,
      body: body.bytes(), scopes: call.scopes, userIndex: call.userIndex, instant: call.instant)
    return try insert(.notes, insertion)
  }
}

extension ZohoRequestError {
  static let unknownRelation = ZohoRequestError(
    status: 400, code: "INVALID_DATA", message: "the relation name given seems to be invalid",
    details: ["resource_path_index": 2])
}
