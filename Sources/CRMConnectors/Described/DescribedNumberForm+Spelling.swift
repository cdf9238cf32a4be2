extension DescribedNumberForm {
  /// The number so spelt; nil where the number plan or the number does not give it.
  func spelling(of number: DialledNumber, _ plan: NumberPlan) -> String? {
    switch self {
    case .dialled: number.text
    case .e164: plan.internationalDigits(of: number).map { "+" + $0 }
    case .digits: plan.internationalDigits(of: number) ?? number.digits
    case .national:
      plan.internationalDigits(of: number).flatMap { plan.nationalDigits(of: $0) }
        .map { (plan.trunkPrefix ?? "") + $0 }
    // Fewer would tell nobody apart, and a number that short was asked for whole.
    case .lastDigits(let count): number.digits.utf8.count < count ? nil : String(number.digits.suffix(count))
    case .spread(let count, let filler):
      filler + number.digits.suffix(count).map(String.init).joined(separator: filler) + filler
    }
  }
}
