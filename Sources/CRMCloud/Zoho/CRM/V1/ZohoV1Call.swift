import Primitives

/// One request to the v1 API whose token is good.
struct ZohoV1Call {
  let module: String
  let method: String
  let parameters: FormParameters
  let userIndex: Int
  let instant: Instant

  /// A parameter that must be there; an empty one is not.
  func mandatory(_ name: String) throws(ZohoV1Error) -> String {
    guard let value = parameters[name], !value.isEmpty else { throw .parameterMissing }
    return value
  }

  /// A whole number in a range.
  func number(_ name: String, in range: ClosedRange<Int>, otherwise: Int) throws(ZohoV1Error) -> Int {
    guard let text = parameters[name] else { return otherwise }
    guard let value = Int(text) else { throw .textForInteger }
    guard range.contains(value) else { throw .wrongParameter }
    return value
  }

  /// `fromIndex` and `toIndex`: from 1, at most 200 rows (documented).
  func rows() throws(ZohoV1Error) -> ClosedRange<Int> {
    let first = try number("fromIndex", in: 1...10_000_000, otherwise: 1)
    let last = try number("toIndex", in: 1...10_000_200, otherwise: max(20, first + 19))
    guard first <= last, last - first < 200 else { throw .wrongParameter }
    return first...last
  }

  /// 1 leaves empty fields out, 2 shows them as the text `null` (documented).
  func showsEmptyFields() throws(ZohoV1Error) -> Bool { try number("newFormat", in: 1...2, otherwise: 1) == 2 }

  /// The module's kept one.
  func kept() throws(ZohoV1Error) -> ZohoModuleName {
    guard let found = ZohoModuleName.allCases.first(where: { $0.v1Name == module }) else { throw .wrongParameter }
    return found
  }
}
