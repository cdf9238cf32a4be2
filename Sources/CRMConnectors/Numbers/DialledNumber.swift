/// A telephone number as it was signalled, fit to be asked about.
///
/// The first step of a lookup: a caller's identity is whatever the caller's side wrote there, so only a number gets any
/// further: digits, with a `+` in front and separators in between.
public struct DialledNumber: Hashable, Sendable {
  /// Why a text is no number that anybody could be found under. The raw value is a failure's `code`.
  public enum Fault: String, Error, Hashable, Sendable, CaseIterable {
    case emptyNumber
    /// Fewer than two digits: every CRM has thousands of records with one of them (Zoho refuses it, documented).
    case numberTooShort
    case numberTooLong
    /// A name, a withheld number's `anonymous`, a feature code, control characters, quotes.
    case notANumber
  }

  /// As signalled, without the spaces around it.
  public let text: String
  /// Its digits alone.
  public let digits: String
  /// Whether a `+` stands in front, so that the country code follows.
  public let isInternational: Bool

  /// More is no number of any network: E.164 has 15 digits, and a prefix, separators and an extension come on top.
  public static let bytesMax = 64

  /// - Parameter text: from outside, anything at all.
  public init(_ text: String) throws(Fault) {
    guard text.utf8.count <= Self.bytesMax else { throw .numberTooLong }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { $0 != 32 }), let last = bytes.lastIndex(where: { $0 != 32 })
    else { throw .emptyNumber }
    let number = bytes[first...last]
    isInternational = number.first == UInt8(ascii: "+")
    var digits: [UInt8] = []
    digits.reserveCapacity(number.count)
    for byte in isInternational ? number.dropFirst() : number {
      switch byte {
      case 48...57: digits.append(byte)
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        continue
      default: throw .notANumber
      }
    }
    guard digits.count > 1 else { throw digits.isEmpty ? .notANumber : .numberTooShort }
    self.text = String(decoding: number, as: UTF8.self)
    self.digits = String(decoding: digits, as: UTF8.self)
  }

  /// Whatever is shown as it is, a number or not; only its length is limited.
  init(unchecked text: String) throws(Fault) {
    guard text.utf8.count <= Self.bytesMax else { throw .numberTooLong }
    self.text = text
    digits = String(decoding: text.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
    isInternational = text.utf8.first == UInt8(ascii: "+")
  }

  /// What tells it from others: its digits, so that two spellings are one number, or the text where that has none.
  public var identity: String { digits.isEmpty ? text : digits }
}
