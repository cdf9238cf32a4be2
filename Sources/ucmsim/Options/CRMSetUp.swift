import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Simulation
import SimulationRuntime

/// The CRM pages, made ready for a run.
struct CRMSetUp {
  let settings: CRMSettings
  let connector: ConnectorFile?
  /// Where it is written, for complaints.
  let place: String
  /// Users with a whole page and Enable CRM on, by extension.
  var users: [String: CRMUserSettings] = [:]
  /// Extensions with Enable CRM off.
  var disabled: [String] = []
  /// Extensions whose page lacks something.
  var incomplete: [String] = []

  /// Whom the CRM inside this program lets in, whether the appliance asks for them or not.
  var known: [String: CRMUserSettings] = [:]

  init(settings: CRMSettings, connector: ConnectorFile?, place: String) {
    self.settings = settings
    self.connector = connector
    self.place = place
  }

  /// As a site file has them.
  init(file: SiteFile, settings: CRMSettings) {
    self.init(settings: settings, connector: file.connector, place: "the site file's crm section")
    users = file.crmUsers.filter(\.value.isEnabled)
    disabled = file.crmUsers.filter { !$0.value.isEnabled }.keys.sorted()
    known = file.crmUsers
  }

  /// The appliance's CRM module: one client for each set of credentials, however many extensions share it.
  func configuration() throws -> CRMConfiguration {
    var extensions: [CRMUserSettings: [String]] = [:]
    for (number, user) in users { extensions[user, default: []].append(number) }
    let clients = try extensions.map { user, numbers in (numbers.sorted(), user) }
      .sorted { $0.0.lexicographicallyPrecedes($1.0) }
      .map { numbers, user in
        do throws(ConnectorSettingsError) {
          return CRMConfiguration.Client(extensions: numbers, connector: try settings.connector(for: user))
        } catch {
          throw Complaint("\(place): \(error.description)", .unusableInput)
        }
      }
    return CRMConfiguration(
      settings: settings, clients: clients, disabledExtensions: disabled.sorted(),
      incompleteExtensions: incomplete.sorted())
  }

  /// The CRM inside this program.
  ///
  /// - Parameters:
  ///   - data: what it holds; nil for the site's users and nobody else.
  ///   - dataName: the data's file, for complaints.
  func cloud(data: CloudDataFile?, dataName: String?, seed: UInt64) throws -> CRMClouds {
    let contents = try contents(data: data)
    do throws(CloudContentsError) {
      return try CRMClouds(contents, seed: seed)
    } catch {
      throw Complaint("\(dataName ?? "the CRM's data"): \(error.description)", .unusableInput)
    }
  }

  /// What the CRM inside this program holds. A system that the data have nothing of knows the users and nobody else.
  func contents(data: CloudDataFile?) throws -> CloudContents {
    let ofUsers = CloudContents(of: known, settings)
    var contents = data?.contents ?? ofUsers
    if data?.missingSection(for: settings.system) != nil {
      contents.vtiger = contents.vtiger ?? ofUsers.vtiger
      contents.sugar = contents.sugar ?? ofUsers.sugar
      contents.salesforce = contents.salesforce ?? ofUsers.salesforce
    }
    contents.described = try describedCloud()
    return contents
  }

  /// The cloud that the connector's examples make, with the users; nil without a connector.
  private func describedCloud() throws -> DescribedCloudContents? {
    guard let connector, settings.system == .described else { return nil }
    let users = Set(known.values.compactMap(\.described)).sorted {
      $0.parameters.map { $0.key + $0.value.value }.sorted().lexicographicallyPrecedes(
        $1.parameters.map { $0.key + $0.value.value }.sorted())
    }
    do throws(ConnectorSettingsError) {
      return try connector.cloud(for: users, serverAddress: settings.serverAddress)
    } catch {
      throw Complaint("\(place): \(error.description)", .unusableInput)
    }
  }
}

extension CRMUserSettings {
  fileprivate var described: DescribedCredentials? {
    if case .described(let credentials) = credentials { credentials } else { nil }
  }
}
