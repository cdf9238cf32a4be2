import Crypto
import FoundationEssentials
import JSON
import Primitives

/// CRM pages as a file keeps them: JSON, in which users' secrets are sealed with AES-GCM under a key of the file's
/// owner.
///
/// A secret is bound to its extension and field: moved to another place it cannot be opened.
public struct StoredCRMPages: Hashable, Sendable {
  /// The administrator's page.
  public var settings: CRMPages.Settings
  /// By extension.
  public var users: [String: CRMPages.User]

  /// Bytes of a key.
  public static let keyBytes = 32
  /// Bytes of a nonce; a key must never see one twice, so they are of chance.
  public static let nonceBytes = 12
  /// No document is longer.
  public static let bytesMax = 64 << 20

  private static let kind = "CRM pages of ucmsim serve"
  private static let version: Int64 = 1

  /// Why a document cannot be read.
  public enum Failure: Error, Hashable, Sendable {
    /// It is none, or broken.
    case unreadable
    /// It is of a later version of the program.
    case newer
    /// Its secrets were sealed under another key, or moved or changed since.
    case sealedOtherwise
  }

  /// What is to be kept of some pages.
  public init(_ pages: CRMPages) {
    (settings, users) = (pages.settings, pages.users)
  }

  /// The document; nil for a key or nonce of the wrong length.
  ///
  /// - Parameters:
  ///   - isSecret: whether a field's value is sealed.
  ///   - nonce: another one each time.
  public func bytes(key: [UInt8], isSecret: (String) -> Bool, nonce: () -> [UInt8]) -> [UInt8]? {
    guard key.count == Self.keyBytes else { return nil }
    let key = SymmetricKey(data: key)
    var members: [JSONValue.Member] = []
    for (number, user) in users.sorted(by: { $0.key < $1.key }) {
      var plain: [JSONValue.Member] = []
      var sealed: [JSONValue.Member] = []
      for (field, value) in user.values.sorted(by: { $0.key < $1.key }) {
        guard isSecret(field) else {
          plain.append(.init(field, .string(value.value)))
          continue
        }
        guard let text = Self.seal(value, key, nonce(), Self.place(number, field)) else { return nil }
        sealed.append(.init(field, .string(text)))
      }
      members.append(
        .init(number, ["enabled": .bool(user.isEnabled), "values": .object(plain), "sealed": .object(sealed)]))
    }
    let document: JSONValue = [
      "document": .string(Self.kind), "version": .integer(Self.version),
      "settings": [
        "module": .string(settings.module), "address": .string(settings.address), "addsTo": .string(settings.addsTo),
        "lookups": .array(settings.lookups.map { .string($0) }),
      ], "users": .object(members),
    ]
    return document.bytes(.indented) + [UInt8(ascii: "\n")]
  }

  /// Reads a document.
  public init(reading bytes: [UInt8], key: [UInt8]) throws(Failure) {
    guard bytes.count <= Self.bytesMax, let document = JSONValue(parsing: bytes),
      document["document"]?.string == Self.kind, case .integer(let version)? = document["version"], version >= 1
    else { throw .unreadable }
    guard version == Self.version else { throw .newer }
    guard key.count == Self.keyBytes else { throw .sealedOtherwise }
    guard let page = document["settings"], let users = document["users"]?.members, users.count <= CRMPages.usersMax,
      let module = page["module"]?.string, let address = page["address"]?.string,
      let addsTo = page["addsTo"]?.string, let lookups = page["lookups"]?.array
    else { throw .unreadable }
    settings = CRMPages.Settings()
    (settings.module, settings.address, settings.addsTo) = (module, address, addsTo)
    settings.lookups = lookups.prefix(3).compactMap(\.string)
    self.users = [:]
    for member in users { self.users[member.name] = try Self.user(member, SymmetricKey(data: key)) }
  }

  private static func user(_ member: JSONValue.Member, _ key: SymmetricKey) throws(Failure) -> CRMPages.User {
    guard case .bool(let isEnabled)? = member.value["enabled"], let plain = member.value["values"]?.members,
      let sealed = member.value["sealed"]?.members
    else { throw .unreadable }
    var user = CRMPages.User()
    user.isEnabled = isEnabled
    for field in plain {
      guard let text = field.value.string else { throw .unreadable }
      user.values[field.name] = Secret(text)
    }
    for field in sealed {
      guard let text = field.value.string else { throw .unreadable }
      user.values[field.name] = try open(text, key, place(member.name, field.name))
    }
    return user
  }

  /// What a secret is bound to; the zero bytes keep two places apart whatever their names are.
  private static func place(_ number: String, _ field: String) -> [UInt8] {
    Array("\(kind) \(version)\0\(number)\0\(field)".utf8)
  }

  private static func seal(_ value: Secret, _ key: SymmetricKey, _ nonce: [UInt8], _ place: [UInt8]) -> String? {
    guard let nonce = try? AES.GCM.Nonce(data: nonce),
      let box = try? AES.GCM.seal(Array(value.value.utf8), using: key, nonce: nonce, authenticating: place),
      let combined = box.combined
    else { return nil }
    return combined.base64EncodedString()
  }

  private static func open(_ text: String, _ key: SymmetricKey, _ place: [UInt8]) throws(Failure) -> Secret {
    guard let data = Data(base64Encoded: text), let box = try? AES.GCM.SealedBox(combined: data),
      let bytes = try? AES.GCM.open(box, using: key, authenticating: place),
      let value = String(validating: bytes, as: UTF8.self)
    else { throw .sealedOtherwise }
    return Secret(value)
  }
}
