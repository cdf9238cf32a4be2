import CloudServer
import CRMCloud

/// Where a cloud is reached, as lines of standard output.
enum CloudPlaces {
  static func tell(_ places: [CloudService<CRMClouds>.Place]) {
    let width = places.map { $0.address.virtualHost?.name.count ?? 0 }.max() ?? 0
    for place in places {
      let name = place.isAdmin ? "administrator" : place.address.virtualHost?.name ?? "every host"
      let purpose = place.address.virtualHost.map { "  (\($0.purpose))" } ?? ""
      let padding = String(repeating: " ", count: max(2, max(width, 13) + 2 - name.count))
      StandardOutput.shared.append("\(name)\(padding)\(place.url)\(purpose)\n")
    }
    // Whoever started the server waits for these lines; nobody is left to tell when they are not taken.
    try? StandardOutput.shared.flush()
  }
}

extension CloudService<CRMClouds>.Place {
  fileprivate var url: String {
    let host = address.host.contains(":") ? "[\(address.host)]" : address.host
    return "\(address.isSecure ? "https" : "http")://\(host):\(address.port)"
  }
}
