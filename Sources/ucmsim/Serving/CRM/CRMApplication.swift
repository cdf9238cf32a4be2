import ApplianceAPI
import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Simulation
import SimulationRuntime

/// Makes of the CRM pages what a replay goes on by.
struct CRMApplication: Sendable {
  /// The site file's, for what the pages do not say.
  private let site: CRMSettings?
  private let connector: ConnectorFile?
  private let options: CRMOptions
  private let data: CloudDataFile?
  private let faults: [CloudFaultRule]?
  private let seed: UInt64

  /// - Throws: for a file of the CRM's data or faults that cannot be read.
  init(_ file: SiteFile?, _ options: CRMOptions, seed: UInt64) throws {
    site = file?.crm
    connector = file?.connector
    self.options = options
    data = try options.data.map { try CloudDataText.read($0) }
    faults = try options.faults.map(FaultScriptText.read)
    self.seed = seed
  }

  /// Why the appliance cannot work by such pages, in a sentence; nil for it can.
  func fault(in pages: CRMPages.InForce) -> String? {
    do {
      guard let setUp = try setUp(of: pages) else { return nil }
      _ = try setUp.configuration()
      // What a file of data holds was looked at when it was read, and a real server's holdings nobody knows here.
      if data == nil, isInProcess { _ = try setUp.cloud(data: nil, dataName: nil, seed: seed) }
      return nil
    } catch { return "\((error as? Complaint)?.message ?? "the pages cannot be used")." }
  }

  /// - Throws: a complaint that names no secret.
  func change(to pages: CRMPages.InForce) throws -> CRMChange {
    guard let setUp = try setUp(of: pages) else {
      return CRMChange(configuration: nil, backend: { $0 })
    }
    let configuration = try setUp.configuration()
    if options.cassettes.cassette != nil { return CRMChange(configuration: configuration, backend: { $0 }) }
    if options.transport.usesHTTPS {
      let transport = options.transport
      // Another one, because the present one may have come to its end with a pass over the traces.
      return CRMChange(configuration: configuration) { present in (try? transport.httpsBackend()) ?? present }
    }
    let key = SiteCloud.Key(setUp, contents: try setUp.contents(data: data))
    let (seed, faults) = (seed, faults.map { ($0, options.patience) })
    return CRMChange(configuration: configuration) { present in
      if let present = present as? SiteCloud, present.key == key { return present }
      return (try? CRMClouds(key.contents, seed: seed)).map { SiteCloud(key, $0, faults, seed: seed) }
    }
  }

  /// What a run that was begun by the site file asks, as the backend that a change can know again.
  func backend(_ present: any CRMBackend, for pages: CRMPages.InForce) throws -> any CRMBackend {
    guard isInProcess, let setUp = try setUp(of: pages) else {
      return present
    }
    return SiteCloud(SiteCloud.Key(setUp, contents: try setUp.contents(data: data)), present)
  }

  /// The backend for a pass over the traces that is not the first. One that has come to its end answers nobody any
  /// more; a CRM inside this program is as it was at the beginning of the first.
  func backendForNextPass(_ present: any CRMBackend, for pages: CRMPages.InForce) throws -> any CRMBackend {
    guard !isInProcess, let setUp = try setUp(of: pages) else { return present }
    return try options.backend(setUp, seed: seed)
  }

  /// Whether the CRM is one inside this program, without a cassette around it.
  private var isInProcess: Bool { !options.transport.usesHTTPS && options.cassettes.cassette == nil }

  /// nil for no CRM.
  private func setUp(of pages: CRMPages.InForce) throws -> CRMSetUp? {
    let entered = pages.settings
    guard !entered.module.isEmpty else { return nil }
    guard let system = CRMSystem(rawValue: entered.module) else {
      throw Complaint("nobody here can speak to \(entered.module)", .usage)
    }
    var settings = CRMSettings(
      system: system, serverAddress: entered.address, addUnknownNumber: CRMTable(rawValue: entered.addsTo),
      contactLookups: entered.lookups.compactMap { CRMTable(rawValue: $0) })
    if let site {
      settings.numbers = site.numbers
      settings.sugarAPI = site.sugarAPI
      settings.vtigerCalls = site.vtigerCalls
      settings.connector = site.connector
    }
    var setUp = CRMSetUp(settings: settings, connector: connector, place: "the CRM pages")
    for (number, page) in pages.users {
      let credentials = CRMCredentials(system, from: page.values, described: settings.connector)
      let user = credentials.map { CRMUserSettings(isEnabled: true, credentials: $0) }
      setUp.known[number] = user
      if !page.isEnabled {
        setUp.disabled.append(number)
      } else if let user {
        setUp.users[number] = user
      } else {
        setUp.incomplete.append(number)
      }
    }
    return setUp
  }
}
