/// The objects there are.
enum SalesforceObject: String, Codable, Hashable, CaseIterable {
  case account = "Account"
  case contact = "Contact"
  case lead = "Lead"
  case task = "Task"
  case user = "User"

  /// The first characters of its ids (documented).
  var prefix: String {
    switch self {
    case .account: "001"
    case .contact: "003"
    case .lead: "00Q"
    case .task: "00T"
    case .user: "005"
    }
  }

  var plural: String { self == .user ? "Users" : rawValue + "s" }

  /// Names of objects and fields are alike in upper and lower case (documented).
  init?(named name: String) {
    guard let object = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
      return nil
    }
    self = object
  }

  func field(_ name: String) -> SalesforceField? {
    let name = name.lowercased()
    return fields.first { $0.name.lowercased() == name }
  }

  var fields: [SalesforceField] {
    let own: [SalesforceField] =
      switch self {
      case .account: Self.accountFields
      case .contact: Self.contactFields
      case .lead: Self.leadFields
      case .task: Self.taskFields
      case .user: Self.userFields
      }
    return [.init("Id", .id, access: .none)] + own + Self.systemFields
  }

  private static let systemFields: [SalesforceField] = [
    .init("CreatedDate", .dateTime, access: .none), .init("LastModifiedDate", .dateTime, access: .none),
    .init("IsDeleted", .boolean, access: .none),
  ]

  private static let owner = SalesforceField("OwnerId", .reference([.user]))

  private static let accountFields: [SalesforceField] = [
    .init("Name", .text(255), isRequired: true), .init("Phone", .phone), .init("Fax", .phone),
    .init("Website", .text(255)), .init("Description", .text(32_000)), owner,
  ]

  private static let contactFields: [SalesforceField] = [
    .init("FirstName", .text(40)), .init("LastName", .text(80), isRequired: true),
    .init("Name", .text(121), access: .none), .init("AccountId", .reference([.account])), .init("Phone", .phone),
    .init("MobilePhone", .phone), .init("HomePhone", .phone), .init("OtherPhone", .phone),
    .init("AssistantPhone", .phone), .init("Fax", .phone), .init("Email", .email), .init("Title", .text(128)),
    .init("Description", .text(32_000)), owner,
  ]

  private static let leadFields: [SalesforceField] = [
    .init("FirstName", .text(40)), .init("LastName", .text(80), isRequired: true),
    .init("Name", .text(121), access: .none), .init("Company", .text(255), isRequired: true), .init("Phone", .phone),
    .init("MobilePhone", .phone), .init("Fax", .phone), .init("Email", .email), .init("Title", .text(128)),
    .init("Status", .text(255)), .init("Description", .text(32_000)), owner,
  ]

  private static let taskFields: [SalesforceField] = [
    .init("Subject", .text(255)), .init("Status", .text(255)), .init("Priority", .text(255)),
    .init("ActivityDate", .date), .init("TaskSubtype", .picklist(["Task", "Email", "Call"]), access: .createOnly),
    .init("CallType", .picklist(["Internal", "Inbound", "Outbound"])), .init("CallDurationInSeconds", .integer),
    .init("CallDisposition", .text(255)), .init("CallObject", .text(255)), .init("Description", .text(32_000)),
    .init("WhoId", .reference([.contact, .lead])), .init("WhatId", .reference([.account])),
    .init("IsClosed", .boolean, access: .none), owner,
  ]

  private static let userFields: [SalesforceField] = [
    .init("Username", .text(80), access: .none), .init("Name", .text(121), access: .none),
    .init("Email", .email, access: .none), .init("IsActive", .boolean, access: .none),
    .init("Phone", .phone, access: .none), .init("MobilePhone", .phone, access: .none),
    .init("Extension", .phone, access: .none),
  ]
}
