import PBXModel

/// Who is in which conference room of the site.
struct ConferenceRooms: Sendable {
  /// Rooms of a site that are kept apart.
  private static let roomsMax = 0xFFFE
  private let places: [String: Int]
  private var parties: [Int]

  init(site: Site) {
    let rooms = site.conferenceRooms.prefix(Self.roomsMax)
    places = Dictionary(zip(rooms, rooms.indices), uniquingKeysWith: { first, _ in first })
    parties = [Int](repeating: 0, count: rooms.count)
  }

  /// The room a call came to, by its place; nil for a call that came to something else.
  func room(of call: Call) -> Int? {
    guard !parties.isEmpty, let route = call.route, !route.isToPhone, case .conference(let room) = route.target else {
      return nil
    }
    return places[room]
  }

  func isEmpty(_ room: Int) -> Bool { parties.indices.contains(room) && parties[room] == 0 }

  mutating func enter(_ room: Int) {
    if parties.indices.contains(room) { parties[room] += 1 }
  }

  /// Whether the room is empty now.
  mutating func leave(_ room: Int) -> Bool {
    guard parties.indices.contains(room) else { return false }
    parties[room] = max(0, parties[room] - 1)
    return parties[room] == 0
  }
}
