import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives

/// A connector's file on disk.
enum ConnectorText {
  static func read(_ path: String) throws -> ConnectorFile {
    let text = try ConfigurationText.read(path)
    do throws(ConfigurationErrors) {
      return try ConnectorFile.read(text: text, path: path)
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
  }
}

extension SiteFile {
  /// The cloud that the connector's examples make, with the site's users; nil without a connector.
  func describedCloud() throws -> DescribedCloudContents? {
    guard let connector, let crm else { return nil }
    let users = Set(crmUsers.values.compactMap(\.described)).sorted {
      $0.parameters.map { $0.key + $0.value.value }.sorted().lexicographicallyPrecedes(
        $1.parameters.map { $0.key + $0.value.value }.sorted())
    }
    do throws(ConnectorSettingsError) {
      return try connector.cloud(for: users, serverAddress: crm.serverAddress)
    } catch {
      throw Complaint("the site file's crm section: \(error.description)", .unusableInput)
    }
  }
}

extension CRMUserSettings {
  fileprivate var described: DescribedCredentials? {
    if case .described(let credentials) = credentials { credentials } else { nil }
  }
}
