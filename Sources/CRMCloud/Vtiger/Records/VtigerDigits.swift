/// Which digits stand in a text, so that most records need not be looked at for a number.
struct VtigerDigits: OptionSet, Codable, Hashable {
  let rawValue: UInt16

  init(rawValue: UInt16) { self.rawValue = rawValue }

  init(in text: String) {
    var bits: UInt16 = 0
    for byte in text.utf8 where (48...57).contains(byte) { bits |= 1 << UInt16(byte - 48) }
    rawValue = bits
  }

  init(ofNumbersIn record: VtigerRecord) {
    self = record.module.phoneFields.reduce([]) { $0.union(VtigerDigits(in: record[$1])) }
  }
}

extension VtigerModule {
  /// Its fields for telephone numbers.
  var phoneFields: Set<String> { Self.allPhoneFields[self] ?? [] }

  private static let allPhoneFields = Dictionary(
    uniqueKeysWithValues: allCases.map { module in
      (module, Set(module.fields(.strict).filter { $0.typeName == "phone" }.map(\.name)))
    })
}

extension VtigerCondition {
  /// Sets of digits of which a record that it holds for has one whole in its telephone numbers; nil where that cannot
  /// be told.
  func neededDigits(in module: VtigerModule) -> [VtigerDigits]? {
    var sets: Set<VtigerDigits> = []
    for (isAnd, node) in [(false, first)] + rest {
      guard !isAnd, case .comparison(let comparison) = node, module.phoneFields.contains(comparison.field),
        let digits = comparison.neededDigits
      else { return nil }
      sets.insert(digits)
    }
    return Array(sets)
  }
}
