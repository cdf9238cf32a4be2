import PBXModel
import Primitives

/// What an extension's phone says of itself when it registers: the 63xx writes it into its rows.
struct Device: Hashable, Sendable {
  /// The product at the front of User-Agent, `Grandstream GXP2170` of `Grandstream GXP2170 1.0.11.64`; empty where the
  /// phone does not name itself. Which part of it the appliance takes for the model is assumed.
  let model: String
  /// The contact names another address than the REGISTER came from.
  let isBehindNAT: Bool
  /// The vendor's door systems and intercoms, by their names.
  let isDoorSystem: Bool
  let isIntercom: Bool

  init(userAgent: String, contacts: [String], source: IPEndpoint) {
    let words = userAgent.split(separator: " ")
    let version = words.dropFirst().firstIndex { $0.first?.isNumber ?? false } ?? words.endIndex
    model = String(words[..<version].joined(separator: " ").prefix(Self.modelCharactersMax))
    isDoorSystem = model.contains("GDS")
    isIntercom = model.contains("GSC")
    isBehindNAT = contacts.contains { contact in
      Self.address(in: contact).map { $0 != source.address } ?? false
    }
  }

  private static let modelCharactersMax = 64

  /// The literal address of `sip:user@192.0.2.1:5060`; nil for a name.
  private static func address(in contact: String) -> IPAddress? {
    let host = contact.split(separator: "@").last.map(String.init) ?? contact
    let bare = host.split(separator: ";").first.map(String.init) ?? host
    return IPEndpoint(bare)?.address
  }
}

/// The phones of the extensions that registered last.
struct DeviceDirectory: Sendable {
  /// Extensions remembered; phones of further ones have no name in rows.
  private static let devicesMax = 100_000
  /// What a device was read from, and the device: phones register again and again with the same words.
  private struct Entry: Sendable {
    let userAgent: String
    let contacts: [RegistrationEvent.ContactChange]
    let source: IPEndpoint
    let device: Device
  }
  private var devices: [String: Entry] = [:]

  mutating func note(_ event: RegistrationEvent) {
    let contacts: [RegistrationEvent.ContactChange]
    switch event.outcome {
    case .accepted(let changes), .unanswered(let changes): contacts = changes
    case .removedAll, .queried, .challenged, .refused: return
    }
    let known = devices[event.number]
    if let known, known.userAgent == event.userAgent, known.source == event.source,
      known.contacts.elementsEqual(contacts, by: { $0.uri == $1.uri })
    {
      return
    }
    guard devices.count < Self.devicesMax || known != nil else { return }
    let device = Device(userAgent: event.userAgent, contacts: contacts.map(\.uri), source: event.source)
    devices[event.number] = Entry(
      userAgent: event.userAgent, contacts: contacts, source: event.source, device: device)
  }

  /// Of those who take part in the call, by their numbers.
  func devices(of call: Call) -> CallDevices {
    var result = CallDevices()
    guard !devices.isEmpty else { return result }
    call.forEachLeg { member in
      if let number = member.party.accountNumber, result[number] == nil, let entry = devices[number] {
        result.add(entry.device, of: number)
      }
    }
    return result
  }
}

/// Phones of the extensions that take part in one call: a few, so that they are looked for one by one.
struct CallDevices: Sendable {
  private var entries: [(number: String, device: Device)] = []

  var isEmpty: Bool { entries.isEmpty }

  subscript(_ number: String) -> Device? { entries.first { $0.number == number }?.device }

  mutating func add(_ device: Device, of number: String) { entries.append((number, device)) }
}
