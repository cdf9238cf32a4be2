/// A regular expression as `regexp` takes it, as far as telephone numbers need: characters, `.`, `[…]`, `*`, `+`, `?`,
/// `^` in front and `$` at the end.
struct SugarExpression {
  private struct Atom {
    let accepts: Set<UInt8>
    let isNegated: Bool
    var least = 1
    var hasNoMost = false
    var most: Int { hasNoMost ? .max : 1 }
  }
  private var atoms: [Atom] = []
  /// A text is looked through so far.
  private static let searchedBytes = 1024
  private var isAnchoredInFront = false
  private var isAnchoredBehind = false

  /// nil for an expression of another kind, or a long one.
  init?(_ text: String) {
    var bytes = Array(text.lowercased().utf8)[...]
    guard bytes.count <= 512 else { return nil }
    if bytes.first == UInt8(ascii: "^") {
      isAnchoredInFront = true
      bytes = bytes.dropFirst()
    }
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "$") where bytes.isEmpty: isAnchoredBehind = true
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
        guard var last = atoms.popLast() else { return nil }
        if byte != UInt8(ascii: "+") { last.least = 0 }
        if byte != UInt8(ascii: "?") { last.hasNoMost = true }
        atoms.append(last)
      case UInt8(ascii: "."): atoms.append(Atom(accepts: [], isNegated: true))
      case UInt8(ascii: "\\"):
        guard let next = bytes.popFirst() else { return nil }
        atoms.append(Atom(accepts: [next], isNegated: false))
      case UInt8(ascii: "["):
        guard let atom = Self.set(&bytes) else { return nil }
        atoms.append(atom)
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "|"), UInt8(ascii: "{"), UInt8(ascii: "$"),
        UInt8(ascii: "^"):
        return nil
      case _: atoms.append(Atom(accepts: [byte], isNegated: false))
      }
    }
  }

  private static func set(_ bytes: inout ArraySlice<UInt8>) -> Atom? {
    let isNegated = bytes.first == UInt8(ascii: "^")
    if isNegated { bytes = bytes.dropFirst() }
    guard let end = bytes.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
    var members: Set<UInt8> = []
    var rest = bytes[..<end]
    bytes = bytes[(end + 1)...]
    while let byte = rest.popFirst() {
      if rest.first == UInt8(ascii: "-"), let last = rest.dropFirst().first {
        guard byte <= last else { return nil }
        members.formUnion(byte...last)
        rest = rest.dropFirst(2)
      } else {
        members.insert(byte)
      }
    }
    return Atom(accepts: members, isNegated: isNegated)
  }

  /// Places of the text that atoms so far can end at are carried along, so that no expression takes long.
  func isFound(in text: String) -> Bool {
    let bytes = Array(text.lowercased().utf8.prefix(Self.searchedBytes))
    var ends = Set(isAnchoredInFront ? 0...0 : 0...bytes.count)
    for atom in atoms {
      var next: Set<Int> = atom.least == 0 ? ends : []
      for start in ends {
        var at = start
        while at < bytes.count, at - start < atom.most, atom.accepts.contains(bytes[at]) != atom.isNegated {
          at += 1
          next.insert(at)
        }
      }
      ends = next
      if ends.isEmpty { return false }
    }
    return isAnchoredBehind ? ends.contains(bytes.count) : true
  }
}
