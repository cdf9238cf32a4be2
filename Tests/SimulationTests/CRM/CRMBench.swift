import CRMConnectors
import PBXModel
import Primitives
import Simulation
import TestSupport

/// A bench whose users have real clients of a Zoho on paper.
enum CRMBench {
  static func settings(
    _ system: CRMSystem, add: CRMTable? = nil, lookups: [CRMTable] = [.contacts, .leads]
  ) -> CRMSettings {
    let address =
      switch system {
      case .zohoV1: "https://crm.zoho.com"
      case .zohoV2, .vtiger, .sugarCRM, .salesforce, .described: "https://www.zohoapis.com"
      }
    return CRMSettings(system: system, serverAddress: address, addUnknownNumber: add, contactLookups: lookups)
  }

  static func user(_ system: CRMSystem, _ name: String = "a", isEnabled: Bool = true) -> CRMUserSettings {
    let credentials: CRMCredentials =
      switch system {
      case .zohoV1: .zohoV1(ZohoV1Credentials(securityToken: Secret("token-\(name)")))
      case .zohoV2, .vtiger, .sugarCRM, .salesforce, .described:
        .zohoV2(
          ZohoV2Credentials(
            clientID: "1000.CLIENT", clientSecret: Secret("secret"), refreshToken: Secret("1000.\(name).refresh")))
      }
    return CRMUserSettings(isEnabled: isEnabled, credentials: credentials)
  }

  /// - Parameter users: extensions that share credentials; the clients are named by position.
  static func make(
    _ system: CRMSystem, _ zoho: any BenchCRM, add: CRMTable? = nil, users: [[String]] = [["1001", "1002"]],
    isEnabled: Bool = true, severalHits: SeveralHits = .first, site: Site = benchSite(),
    appliance: ApplianceSettings = ApplianceSettings()
  ) throws -> Bench {
    var settings = settings(system, add: add)
    settings.numbers.severalHits = severalHits
    let clients = try users.enumerated().map { index, extensions in
      CRMConfiguration.Client(
        extensions: extensions, connector: try settings.connector(for: user(system, "u\(index)")))
    }
    let configuration = CRMConfiguration(
      settings: settings, clients: isEnabled ? clients : [], disabledExtensions: isEnabled ? [] : users.flatMap(\.self))
    var bench = Bench(site: site, crm: configuration, settings: appliance)
    bench.crm = zoho
    bench.boot()
    return bench
  }
}

extension Bench {
  var zoho: PaperZoho { crm as? PaperZoho ?? PaperZoho() }

  mutating func boot() {
    var new: [Effect] = []
    appliance.boot(at: moment(0), effects: &new)
    carryOut(new, at: moment(0))
    answer(until: moment(0))
  }
}
