import Foundation

/// User and password of an `Authorization: Basic` field (RFC 7617).
enum BasicCredentials {
  static func read(_ field: String) -> (user: String, password: String)? {
    let words = field.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "basic", let data = Data(base64Encoded: String(words[1])) else {
      return nil
    }
    let text = String(decoding: data, as: UTF8.self)
    guard let colon = text.firstIndex(of: ":") else { return nil }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }
}
