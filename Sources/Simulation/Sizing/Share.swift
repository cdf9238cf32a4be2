/// A share in hundredths of a percent, so that peaks and growth stay whole numbers.
public struct Share: Hashable, Sendable, Comparable {
  /// 100 for one percent.
  public var basisPoints: Int

  /// A share of so many hundredths of a percent.
  public init(basisPoints: Int) { self.basisPoints = basisPoints }

  /// Reads `25%`, `25`, `2.5%`, with two digits after the point at most; nil for anything else.
  ///
  /// A percent sign may be left out, because nothing else is meant.
  public init?(_ text: String) {
    var digits = Substring(text)
    if digits.last == "%" { digits.removeLast() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, (1...7).contains(whole.utf8.count) else { return nil }
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard (1...2).contains(fraction.utf8.count) else { return nil }
    guard (whole + fraction).utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    guard let percent = Int(whole), let rest = Int(fraction.utf8.count == 1 ? fraction + "0" : fraction) else {
      return nil
    }
    basisPoints = percent * 100 + rest
  }

  /// The share as a number, 1 for 100 %.
  public var fraction: Double { Double(basisPoints) / 10_000 }

  /// `count` and this share of it more, rounded up; a count too large for that saturates.
  public func added(to count: Int) -> Int {
    let (product, isTooLarge) = count.multipliedReportingOverflow(by: 10_000 + basisPoints)
    guard !isTooLarge, product < Int.max - 10_000 else { return .max }
    return (product + 9_999) / 10_000
  }

  /// Whether `left` is the smaller one.
  public static func < (left: Share, right: Share) -> Bool { left.basisPoints < right.basisPoints }
}

extension Share: CustomStringConvertible {
  /// `25 %`, `2.5 %`.
  public var description: String {
    let rest = basisPoints % 100
    let fraction = rest == 0 ? "" : "." + (rest < 10 ? "0" : "") + String(rest % 10 == 0 ? rest / 10 : rest)
    return "\(basisPoints / 100)\(fraction) %"
  }
}
