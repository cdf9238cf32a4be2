import SIP

/// Numbers for texts, each text numbered once, from 0; the number of a text that was removed goes to a later one.
public struct TextTable: Sendable {
  private var texts = KeptTexts()
  private var isUsed: [Bool] = []
  private var free: [Int] = []
  private var chains = HashChains()

  /// A table without a text.
  public init() {}

  /// Texts that have a number.
  public var count: Int { isUsed.count - free.count }

  /// The text's number; nil for one that has none. Changes nothing, but asks the table where it lies: it would be
  /// copied for whoever may not change it.
  mutating func number(of text: SIPText) -> Int? { number(of: text, hash: text.stableHash) }

  /// Gives the text the next number unless it has one.
  mutating func insert(_ text: SIPText) -> Int {
    let hash = text.stableHash
    if let known = number(of: text, hash: hash) { return known }
    let number = free.popLast() ?? isUsed.count
    chains.insert(number, hash: hash)
    texts.set(text, at: number)
    if number == isUsed.count { isUsed.append(true) } else { isUsed[number] = true }
    return number
  }

  /// Gives the text the next number unless it has one.
  public mutating func insert(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { insert(SIPText(UnsafeRawBufferPointer($0))) }
  }

  /// Takes the number from its text; one that no text has is ignored.
  public mutating func remove(_ number: Int) {
    guard isUsed.indices.contains(number), isUsed[number] else { return }
    chains.remove(number)
    isUsed[number] = false
    texts.set(.empty, at: number)
    free.append(number)
  }

  private mutating func number(of text: SIPText, hash: UInt64) -> Int? {
    var place = chains.first(hash)
    while let index = place, !texts.has(text, at: index) { place = chains.next(after: index) }
    return place
  }
}
