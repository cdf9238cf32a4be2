import ApplianceServer

/// Where the doors are, as lines of standard output.
enum ServePlaces {
  static func tell(_ places: [ApplianceService.Place]) {
    let width = places.map(\.purpose.rawValue.count).max() ?? 0
    for place in places {
      let name = place.purpose.rawValue
      StandardOutput.shared.append(name + String(repeating: " ", count: width + 2 - name.count) + place.url + "\n")
    }
    // Whoever started the server waits for these lines; nobody is left to tell when they are not taken.
    try? StandardOutput.shared.flush()
  }
}
