public import CRMCloud
public import CRMConnectors
public import JSON
import Primitives

/// Zoho CRM by either version of its API, with one organisation in the region `us`.
public struct ZohoSubject: CompatSubject {
  /// Which version is spoken.
  public enum Version: Hashable, Sendable, CaseIterable {
    case v1, v2
  }

  /// `.zohoV1` or `.zohoV2`.
  public let system: CRMSystem
  /// As documented of the version.
  public let traits: CompatTraits
  private let version: Version
  private let settings: ZohoCloudSettings

  /// - Parameter settings: the cloud's switches.
  public init(_ version: Version, settings: ZohoCloudSettings = ZohoCloudSettings()) {
    self.version = version
    self.settings = settings
    switch version {
    case .v1:
      system = .zohoV1
      var traits = CompatTraits(reasonsForStrangers: [.securityTokenInvalid])
      traits.start = Instant(seconds: 1_525_170_000)
      traits.renewsSessions = false
      self.traits = traits
    case .v2:
      system = .zohoV2
      traits = CompatTraits(reasonsForStrangers: [.refreshTokenDead])
    }
  }

  /// One organisation whose users may do everything.
  public func contents(of people: [CompatPerson]) -> CloudContents {
    let users = [CompatUser.first, .second]
    var contents = CloudContents(
      zoho: ZohoCloudData(
        organisations: [
          .init(
            users: users.map { .init(fullName: "User \(name($0))", authTokens: [token(of: $0)]) },
            contacts: people.in(.contacts).map {
              .init(lastName: $0.name, phone: $0.numbers.first, mobile: $0.numbers.second)
            },
            leads: people.in(.leads).map {
              .init(lastName: $0.name, company: $0.name, phone: $0.numbers.first, mobile: $0.numbers.second)
            },
            accounts: people.in(.accounts).map { .init(name: $0.name, phone: $0.numbers.first) })
        ],
        clients: [
          .init(
            id: clientID, secret: Secret("compat-client-secret"),
            refreshTokens: users.map {
              .init(token: token(of: $0), scopes: ["ZohoCRM.modules.ALL", "ZohoCRM.coql.READ"])
            })
        ]))
    contents.zohoSettings = settings
    return contents
  }

  /// The wrong address is that of another region.
  public func settings(at place: CompatPlace) -> CRMSettings {
    let region = place == .right ? "com" : "eu"
    let address =
      switch version {
      case .v1: "https://crm.zoho.\(region)"
      case .v2: "https://www.zohoapis.\(region)"
      }
    return CRMSettings(
      system: system, serverAddress: address, addUnknownNumber: nil, contactLookups: CRMTable.allCases)
  }

  /// Each user has a token of his own.
  public func user(_ user: CompatUser) -> CRMUserSettings {
    switch version {
    case .v1:
      CRMUserSettings(isEnabled: true, credentials: .zohoV1(ZohoV1Credentials(securityToken: token(of: user))))
    case .v2:
      CRMUserSettings(
        isEnabled: true, clientID: clientID, clientSecret: Secret("compat-client-secret"), refreshToken: token(of: user)
      )
    }
  }

  /// The module's name in lower case.
  public func kind(of table: CRMTable) -> String { table.rawValue }

  /// The module Calls.
  public var kindOfCalls: String { "calls" }

  /// By API names, which both versions share in the cloud.
  public func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord? {
    guard let id = value["id"]?.string else { return nil }
    let name = value[table == .accounts ? "Account_Name" : "Last_Name"]?.string
    return CompatRecord(id: id, name: name ?? "", numbers: ["Phone", "Mobile"].compactMap { value[$0]?.string })
  }

  /// By API names.
  public func call(_ value: JSONValue) -> CompatCall? {
    guard let id = value["id"]?.string else { return nil }
    let direction: CallLogEntry.Direction? =
      switch value["Call_Type"]?.string {
      case "Inbound": .inbound
      case "Outbound": .outbound
      case "Missed": .missed
      default: nil
      }
    // Minutes and seconds; minutes may pass 59.
    let parts = (value["Call_Duration"]?.string ?? "").split(separator: ":").compactMap { Int64($0) }
    return CompatCall(
      id: id, texts: ["Description", "Subject", "Caller_ID"].compactMap { value[$0]?.string },
      record: reference(value["Who_Id"]) ?? reference(value["What_Id"]), direction: direction,
      seconds: parts.count == 2 ? parts[0] * 60 + parts[1] : nil)
  }

  private func reference(_ value: JSONValue?) -> String? { value?["id"]?.string ?? value?.string }

  private var clientID: String { "1000.COMPATCOMPATCOMPATCOMPATCOMPAT" }

  private func name(_ user: CompatUser) -> String {
    switch user {
    case .first: "a"
    case .second: "b"
    case .stranger: "c"
    }
  }

  private func token(of user: CompatUser) -> Secret {
    let digits = String(repeating: name(user), count: 32)
    switch version {
    case .v1: return Secret(digits)
    case .v2: return Secret("1000.\(digits).\(digits)")
    }
  }
}

extension [CompatPerson] {
  func `in`(_ table: CRMTable) -> [CompatPerson] { filter { $0.table == table } }
}

extension [String] {
  var second: String? { count > 1 ? self[1] : nil }
}
