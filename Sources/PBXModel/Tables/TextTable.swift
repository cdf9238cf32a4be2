import SIP

/// Numbers for texts, each text numbered once, from 0; the number of a text that was removed goes to a later one.
public struct TextTable: Sendable {
  private var texts: [[UInt8]] = []
  private var free: [Int] = []
  private var chains = HashChains()

  /// A table without a text.
  public init() {}

  /// Texts that have a number.
  public var count: Int { texts.count - free.count }

  /// The text's number; nil for one that has none.
  func number(of text: SIPText) -> Int? { number(of: text, hash: text.stableHash) }

  /// The text's number; nil for one that has none.
  public func number(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { number(of: SIPText(UnsafeRawBufferPointer($0))) }
  }

  /// Gives the text the next number unless it has one.
  mutating func insert(_ text: SIPText) -> Int {
    let hash = text.stableHash
    if let known = number(of: text, hash: hash) { return known }
    let number = free.popLast() ?? texts.count
    chains.insert(number, hash: hash)
    if number == texts.count { texts.append(Array(text.bytes)) } else { texts[number] = Array(text.bytes) }
    return number
  }

  /// Gives the text the next number unless it has one.
  public mutating func insert(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { insert(SIPText(UnsafeRawBufferPointer($0))) }
  }

  /// Takes the number from its text; one that no text has is ignored.
  public mutating func remove(_ number: Int) {
    guard texts.indices.contains(number), texts[number].withUnsafeBytes({ self.number(of: SIPText($0)) }) == number
    else { return }
    chains.remove(number)
    texts[number] = []
    free.append(number)
  }

  private func number(of text: SIPText, hash: UInt64) -> Int? {
    var place = chains.first(hash)
    while let index = place, !texts[index].withUnsafeBytes({ SIPText($0) == text }) {
      place = chains.next(after: index)
    }
    return place
  }
}
