import ApplianceServer

/// Where the doors are, as lines of standard output.
enum ServePlaces {
  /// - Parameter hasPages: whether the web interface is on the port of the HTTPS API.
  static func tell(_ places: [ApplianceService.Place], hasPages: Bool) {
    var lines = places.map { (name: $0.purpose.rawValue, url: $0.url) }
    if hasPages, let api = places.first(where: { $0.purpose == .httpsAPI }) {
      lines.insert(("web interface", api.url + "/"), at: 0)
    }
    let width = lines.map(\.name.count).max() ?? 0
    for (name, url) in lines {
      StandardOutput.shared.append(name + String(repeating: " ", count: width + 2 - name.count) + url + "\n")
    }
    // Whoever started the server waits for these lines; nobody is left to tell when they are not taken.
    try? StandardOutput.shared.flush()
  }
}
