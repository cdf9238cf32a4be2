import Primitives

/// A PhoneBridge group: whose screen a call to which extension opens on (documented: the appliance's guide).
struct ZohoPhoneBridgeGroup: Codable, Hashable {
  /// More are refused (assumed).
  static let maximumMembers = 25
  static let maximumNameLength = 100
  /// Longest extension the appliance knows.
  static let extensionDigits = 1...18

  /// Decimal text; empty for one not kept yet.
  var id = ""
  /// PhoneBridge Name.
  var name: String
  /// Group Identification User: the only one who can make the group's token (documented).
  var identificationUserID: String
  var members: [Member]
  var token: Token?

  struct Member: Codable, Hashable {
    /// User Name, as the CRM's id.
    var userID: String
    /// User Extension.
    var extensionNumber: String
  }

  /// Names CRM account and group to the adapter; shown once.
  struct Token: Codable, Hashable {
    let value: Secret
    let createdAt: Instant
  }

  /// What is wrong with one field of the form.
  struct Refusal: Error, Hashable {
    /// The form's field.
    let field: String
    let reason: String
  }
}

extension ZohoOrganisation {
  /// Throws the first thing wrong with a group before it is kept. An extension belongs to one user of one group:
  /// a call to it opens one screen (assumed).
  func check(_ group: ZohoPhoneBridgeGroup) throws(ZohoPhoneBridgeGroup.Refusal) {
    guard group.name.contains(where: { !$0.isWhitespace }) else {
      throw .init(field: "name", reason: "Enter a PhoneBridge Name.")
    }
    guard group.name.unicodeScalars.count <= ZohoPhoneBridgeGroup.maximumNameLength else {
      throw .init(field: "name", reason: "At most \(ZohoPhoneBridgeGroup.maximumNameLength) characters.")
    }
    let others = phoneBridge.groups.filter { $0.id != group.id }
    guard !others.contains(where: { $0.name.lowercased() == group.name.lowercased() }) else {
      throw .init(field: "name", reason: "Another group has this name.")
    }
    guard isActiveUser(group.identificationUserID) else {
      throw .init(field: "identification-user", reason: "Choose an active user of this organization.")
    }
    guard !group.members.isEmpty else {
      throw .init(field: "extension-1", reason: "Enter at least one User Name with its User Extension.")
    }
    guard group.members.count <= ZohoPhoneBridgeGroup.maximumMembers else {
      throw .init(field: "name", reason: "At most \(ZohoPhoneBridgeGroup.maximumMembers) users in one group.")
    }
    var taken = Dictionary(
      others.flatMap { other in other.members.map { ($0.extensionNumber, other.name) } }, uniquingKeysWith: { $1 })
    for (place, member) in group.members.enumerated() {
      guard isActiveUser(member.userID) else {
        throw .init(field: "user-\(place + 1)", reason: "Choose an active user of this organization.")
      }
      guard member.extensionNumber.isDigits(ZohoPhoneBridgeGroup.extensionDigits) else {
        throw .init(field: "extension-\(place + 1)", reason: "Enter the extension's digits, at most 18.")
      }
      if let owner = taken.updateValue(group.name, forKey: member.extensionNumber) {
        let reason = "Extension \(member.extensionNumber) is already used in group \(owner)."
        throw .init(field: "extension-\(place + 1)", reason: reason)
      }
    }
    guard !group.id.isEmpty || phoneBridge.groups.count < ZohoPhoneBridge.maximumGroups else {
      throw .init(field: "name", reason: "At most \(ZohoPhoneBridge.maximumGroups) groups.")
    }
  }

  private func isActiveUser(_ id: String) -> Bool { users.contains { $0.id == id && $0.status == .active } }
}
