import PBXModel
import Primitives

/// What an extension's phone says of itself when it registers: the 63xx writes it into its rows.
struct Device: Hashable, Sendable {
  /// The product at the front of User-Agent, `Grandstream GXP2170` of `Grandstream GXP2170 1.0.11.64`; empty where the
  /// phone does not name itself. Which part of it the appliance takes for the model is assumed.
  let model: String
  /// The contact names another address than the REGISTER came from.
  let isBehindNAT: Bool

  init(userAgent: String, contacts: [String], source: IPEndpoint) {
    let words = userAgent.split(separator: " ")
    let version = words.dropFirst().firstIndex { $0.first?.isNumber ?? false } ?? words.endIndex
    model = String(words[..<version].joined(separator: " ").prefix(Self.modelCharactersMax))
    isBehindNAT = contacts.contains { contact in
      Self.address(in: contact).map { $0 != source.address } ?? false
    }
  }

  private static let modelCharactersMax = 64

  /// The vendor's door systems and intercoms, by their names.
  var isDoorSystem: Bool { model.contains("GDS") }
  var isIntercom: Bool { model.contains("GSC") }

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
  private var devices: [String: Device] = [:]

  mutating func note(_ event: RegistrationEvent) {
    let contacts: [RegistrationEvent.ContactChange]
    switch event.outcome {
    case .accepted(let changes), .unanswered(let changes): contacts = changes
    case .removedAll, .queried, .challenged, .refused: return
    }
    guard devices.count < Self.devicesMax || devices[event.number] != nil else { return }
    devices[event.number] = Device(
      userAgent: event.userAgent, contacts: contacts.map(\.uri), source: event.source)
  }

  /// Of those who take part in the call.
  func devices(of call: Call) -> [String: Device] {
    var result: [String: Device] = [:]
    call.forEachLeg { member in
      if let number = member.party.accountNumber, let device = devices[number] { result[number] = device }
    }
    return result
  }
}
