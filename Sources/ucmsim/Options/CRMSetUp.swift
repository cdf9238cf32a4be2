import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Simulation
import SimulationRuntime

/// The CRM page of a site file, made ready for a run.
struct CRMSetUp {
  let file: SiteFile
  let settings: CRMSettings

  /// The appliance's CRM module: one client for each set of credentials, however many extensions share it.
  func configuration() throws -> CRMConfiguration {
    var extensions: [CRMUserSettings: [String]] = [:]
    for (number, user) in file.crmUsers where user.isEnabled { extensions[user, default: []].append(number) }
    let clients = try extensions.map { user, numbers in (numbers.sorted(), user) }
      .sorted { $0.0.lexicographicallyPrecedes($1.0) }
      .map { numbers, user in
        do throws(ConnectorSettingsError) {
          return CRMConfiguration.Client(extensions: numbers, connector: try settings.connector(for: user))
        } catch {
          throw Complaint("the site file's crm section: \(error.description)", .unusableInput)
        }
      }
    let disabled = file.crmUsers.filter { !$0.value.isEnabled }.keys.sorted()
    return CRMConfiguration(settings: settings, clients: clients, disabledExtensions: disabled)
  }

  /// The CRM inside this program.
  ///
  /// - Parameters:
  ///   - data: what it holds; nil for the site's users and nobody else.
  ///   - dataName: the data's file, for complaints.
  func cloud(data: CloudDataFile?, dataName: String?, seed: UInt64) throws -> CRMClouds {
    var contents = data?.contents ?? CloudContents(of: file.crmUsers, settings)
    contents.described = try file.describedCloud()
    do throws(CloudContentsError) {
      return try CRMClouds(contents, seed: seed)
    } catch {
      throw Complaint("\(dataName ?? "the CRM's data"): \(error.description)", .unusableInput)
    }
  }
}
