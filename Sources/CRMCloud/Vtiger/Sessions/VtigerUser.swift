import Primitives

/// Somebody who may log in.
struct VtigerUser: Codable {
  /// The number of the id `19x1`.
  let number: Int
  let userName: String
  let accessKey: Secret
  let firstName: String
  let lastName: String
  let phoneExtension: String
  let isAdministrator: Bool
  var isActive: Bool

  var id: String { "\(VtigerModule.users.prefix)x\(number)" }

  init(_ user: VtigerCloudData.User, number: Int) {
    self.number = number
    userName = user.userName
    accessKey = user.accessKey
    firstName = user.firstName
    lastName = user.lastName
    phoneExtension = user.phoneExtension
    isAdministrator = number == 1
    isActive = user.isActive
  }

  /// As a record of the module Users, which never shows the key.
  var record: VtigerRecord {
    VtigerRecord(
      module: .users, number: number,
      values: [
        "user_name": userName, "is_admin": isAdministrator ? "on" : "off", "first_name": firstName,
        "last_name": lastName, "status": isActive ? "Active" : "Inactive", "phone_crm_extension": phoneExtension,
      ])
  }
}
