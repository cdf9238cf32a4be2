import Primitives

/// A CRM Server Address that is none of Zoho's.
public struct ZohoServerAddressError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the address.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Tokens must not travel in the clear.
    case notHTTPS
    /// The host belongs to none of Zoho's data centres, to which alone credentials may go.
    case unknownHost
  }

  /// What is wrong with the address.
  public let reason: Reason
  /// The host as entered, for the message; nil when the address holds more than a host, which may be a password.
  public let host: String?
  /// The system whose servers were wanted.
  public let system: CRMSystem

  init(address: String, of system: CRMSystem) {
    self.system = system
    guard let host = ZohoDataCentre.httpsHost(of: address) else {
      reason = .notHTTPS
      self.host = nil
      return
    }
    reason = .unknownHost
    let isPlain = host.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
    self.host = isPlain && !host.isEmpty ? host : nil
  }

  /// What is wrong, and every address that would be right.
  public var description: String {
    let hosts = ZohoDataCentre.all.flatMap { $0.hosts(of: system) }
    let known = hosts.map { "https://" + $0 }.joined(separator: ", ")
    switch reason {
    case .notHTTPS: return "the CRM server address does not begin with https://; enter one of \(known)"
    case .unknownHost:
      let subject = host.map { "\"\($0)\"" } ?? "the CRM server address"
      return "\(subject) is no server of Zoho's for \(system.rawValue); enter one of \(known)"
    }
  }
}

extension ZohoDataCentre {
  /// The data centre behind the appliance's CRM Server Address: `https://www.zohoapis.eu` for version 2 of the API,
  /// `https://crm.zoho.eu` for version 1.
  public init(serverAddress: String, of system: CRMSystem = .zohoV2) throws(ZohoServerAddressError) {
    let host = Self.httpsHost(of: serverAddress)
    guard let match = Self.all.first(where: { host.map($0.hosts(of: system).contains) ?? false })
    else { throw ZohoServerAddressError(address: serverAddress, of: system) }
    self = match
  }

  /// What can be entered for it.
  func hosts(of system: CRMSystem) -> [String] {
    switch system {
    case .zohoV1: [crmHost]
    case .zohoV2: [apiHost] + apiHostAliases
    case .vtiger, .sugarCRM, .salesforce, .described: []
    }
  }
}
