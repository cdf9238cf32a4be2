import Crypto
import Primitives

/// The answers of a login: the challenge, the session, the types (reference section 1.2).
enum VtigerLogin {
  struct Challenge: Decodable { let token: String? }

  struct Session: Decodable {
    let sessionName: String?
    let userId: String?
  }

  struct Types: Decodable { let types: [String] }

  /// What proves the user's key: MD5 of the challenge's token followed by the key, in hexadecimal.
  ///
  /// MD5 is what the server asks for, not a choice.
  static func response(to token: String, key: Secret) -> String {
    Insecure.MD5.hash(data: Array((token + key.value).utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// Fit for a request: anything else could be another's field.
  static func isToken(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
  }
}
