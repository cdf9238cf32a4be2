/// Cloud data that no Zoho organisation could hold.
public enum ZohoCloudDataError: Error, Hashable, Sendable, CustomStringConvertible {
  case unknownDataCentre
  case noOrganisation
  case noUsers
  /// A user of a profile that the organisation does not have.
  case unknownProfile(index: Int)
  /// What is wrong within one of several organisations.
  indirect case within(String, ZohoCloudDataError)
  /// More entries than the cloud keeps.
  case tooMany(list: String, count: Int, limit: Int)
  /// An id that is not 1 to 19 decimal digits.
  case malformedID(list: String, index: Int)
  /// An id that an earlier record or user has.
  case duplicateID(list: String, index: Int)
  /// A value its field refuses: empty where mandatory, too long, or no phone number.
  case invalidField(list: String, index: Int, field: String, code: String)
  /// A client id or refresh token used twice.
  case duplicateCredential(client: Int)
  /// A v1 token that stands twice in one data centre.
  case duplicateAuthToken(index: Int)
  /// A refresh token granted by a user who is not there.
  case unknownUser(client: Int, refreshToken: Int)

  /// What is wrong, where (lists count from 0), and what would be right.
  public var description: String {
    switch self {
    case .unknownDataCentre:
      let known = ZohoHosts.all.map(\.location).joined(separator: ", ")
      return "dataCentre: no data centre of Zoho's; write one of \(known)"
    case .noOrganisation: return "organisations: empty; a cloud has at least one organisation"
    case .unknownProfile(let index):
      let known = ZohoProfile.standard.map(\.name).joined(separator: ", ")
      return "users[\(index)].profile: no profile of the organisation's; write one of \(known)"
    case .within(let place, let error): return place + error.description
    case .noUsers: return "users: empty; an organisation has at least one user"
    case .tooMany(let list, let count, let limit): return "\(list): \(count) entries; this cloud keeps at most \(limit)"
    case .malformedID(let list, let index): return "\(list)[\(index)].id: write 1 to 19 decimal digits, or leave it out"
    case .duplicateID(let list, let index): return "\(list)[\(index)].id: an earlier entry has it; ids are unique"
    case .invalidField(let list, let index, let field, let code):
      return "\(list)[\(index)].\(field): Zoho refuses it with \(code)"
    case .duplicateCredential(let client): return "clients[\(client)]: a client id or refresh token stands twice"
    case .duplicateAuthToken(let index): return "users[\(index)].authTokens: a token stands twice"
    case .unknownUser(let client, let token):
      return "clients[\(client)].refreshTokens[\(token)].userID: names no entry of users"
    }
  }

  /// The same, said of one organisation of several; an empty place changes nothing.
  func within(_ place: String) -> ZohoCloudDataError { place.isEmpty ? self : .within(place, self) }
}
