import Crypto
import Primitives

/// What lets a user in.
struct SugarAccount: Codable {
  /// Of the record in Users.
  let id: String
  let userName: String
  let password: Secret
  var isActive: Bool

  /// Whether `digest`, hexadecimal, is the MD5 of the password, which is what v4_1 wants (measured).
  func isOpened(byDigest digest: String) -> Bool {
    let own = Insecure.MD5.hash(data: Array(password.value.utf8))
    return digest.lowercased() == own.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
