import JSON
import Primitives

/// `page` and `per_page` (documented: from 1; 200 by default and at most. That others are refused is assumed), or the
/// place a `page_token` stands for.
struct ZohoPaging: Hashable {
  /// Searches go no further, and lists not without a token (documented).
  static let maximumUntokened = 2000
  /// Documented for v3 and later; a day.
  static let tokenLife = Instant.Span.seconds(86_400)

  let number: Int
  let size: Int
  let start: Int

  init(_ query: FormParameters) throws(ZohoRequestError) {
    number = try Self.value("page", query, in: 1...1_000_000, otherwise: 1)
    size = try Self.value("per_page", query, in: 1...200, otherwise: 200)
    start = (number - 1) * size
  }

  /// The same where tokens are known.
  init(_ call: ZohoAPICall, list: String) throws(ZohoRequestError) {
    guard call.version.usesPageTokens, let token = call.query["page_token"] else {
      try self.init(call.query)
      if call.version.usesPageTokens, end > Self.maximumUntokened { throw .discretePaging(self) }
      return
    }
    let size = try Self.value("per_page", call.query, in: 1...200, otherwise: 200)
    guard let place = ZohoPageToken(token), place.list == ZohoPageToken.sum(of: list),
      call.instant < Instant(seconds: place.madeAt) + Self.tokenLife
    else { throw .invalidParameter("page_token") }
    self.init(start: place.start, size: size)
  }

  private init(start: Int, size: Int) {
    self.start = start
    self.size = max(1, size)
    number = start / self.size + 1
  }

  var end: Int { start + size }

  private static func value(
    _ name: String, _ query: FormParameters, in range: ClosedRange<Int>, otherwise: Int
  ) throws(ZohoRequestError) -> Int {
    guard let text = query[name] else { return otherwise }
    guard let value = Int(text), range.contains(value) else { throw .invalidParameter(name) }
    return value
  }
}

/// Where a list goes on: hexadecimal text (its inside is assumed; Zoho's is not published).
struct ZohoPageToken: Hashable {
  let start: Int
  let madeAt: Int64
  /// Which list it belongs to.
  let list: UInt32

  init(start: Int, madeAt: Int64, list: String) {
    self.start = start
    self.madeAt = max(0, madeAt)
    self.list = Self.sum(of: list)
  }

  init?(_ text: String) {
    guard text.utf8.count == 40, text.utf8.allSatisfy({ $0 < 128 }), let start = Int(text.prefix(16), radix: 16),
      let madeAt = Int64(text.dropFirst(16).prefix(16), radix: 16), let list = UInt32(text.suffix(8), radix: 16),
      (0...1_000_000_000).contains(start), madeAt >= 0
    else { return nil }
    (self.start, self.madeAt, self.list) = (start, madeAt, list)
  }

  var text: String { Self.hex(UInt64(max(0, start)), 16) + Self.hex(UInt64(madeAt), 16) + Self.hex(UInt64(list), 8) }

  /// FNV-1a.
  static func sum(of list: String) -> UInt32 { list.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 } }

  private static func hex(_ value: UInt64, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension ZohoRequestError {
  /// More than 2000 records without a token (the code is documented from v3 on).
  static func discretePaging(_ page: ZohoPaging) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "DISCRETE_PAGINATION_LIMIT_EXCEEDED", message: "use page_token to fetch more records",
      details: ["page": .integer(Int64(page.number)), "per_page": .integer(Int64(page.size))])
  }
}
