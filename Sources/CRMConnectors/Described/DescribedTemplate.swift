/// A text with `{{Word}}` and `{{Word | form}}` places.
///
/// What is filled in is never read as a template again, and is escaped for where the text stands (path, query, header,
/// JSON) by whoever fills it in, never by the author.
public struct DescribedTemplate: Hashable, Sendable {
  /// A place of a template.
  public struct Slot: Hashable, Sendable {
    /// What is filled in.
    public let variable: DescribedVariable
    /// In what form; nil for the value as it is.
    public let form: DescribedForm?
  }

  /// A part of a template.
  public enum Piece: Hashable, Sendable {
    case literal(String)
    case slot(Slot)
  }

  /// In the order of the text; no two literals beside each other.
  public let pieces: [Piece]

  /// Why a text is no template.
  public enum Fault: Error, Hashable, Sendable {
    /// `{{` without `}}`, or the other way round.
    case unclosed
    case unknownVariable(String)
    case unknownForm(String)
    /// The variable is none of such a form; nil where it has to have one.
    case wrongForm(DescribedVariable, DescribedKind)
  }

  /// - Parameter kind: what the values of a variable with this name are; nil for a name that has none here.
  public init(parsing text: String, _ kind: (String) -> (DescribedVariable, DescribedKind)?) throws(Fault) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      let before = rest[..<open.lowerBound]
      guard !before.contains("}}"), let close = rest[open.upperBound...].firstRange(of: "}}") else {
        throw .unclosed
      }
      if !before.isEmpty { pieces.append(.literal(String(before))) }
      pieces.append(.slot(try Self.slot(rest[open.upperBound..<close.lowerBound], kind)))
      rest = rest[close.upperBound...]
    }
    guard !rest.contains("}}") else { throw .unclosed }
    if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    self.pieces = pieces
  }

  /// A text without places.
  public init(literal text: String) { pieces = text.isEmpty ? [] : [.literal(text)] }

  private static func slot(
    _ inside: Substring, _ kind: (String) -> (DescribedVariable, DescribedKind)?
  ) throws(Fault) -> Slot {
    let parts = inside.split(separator: "|", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
    guard let name = parts.first, let (variable, kind) = kind(name) else { throw .unknownVariable(parts.first ?? "") }
    guard parts.count <= 2 else { throw .unknownForm(parts.dropFirst().joined(separator: "|")) }
    var form: DescribedForm?
    if parts.count == 2 {
      guard let known = DescribedForm(rawValue: parts[1]) else { throw .unknownForm(parts[1]) }
      form = known
    }
    guard DescribedForm.isForm(form, of: kind) else { throw .wrongForm(variable, kind) }
    return Slot(variable: variable, form: form)
  }

  /// Its variables, in the order of the text.
  public var variables: [DescribedVariable] {
    pieces.compactMap { piece in
      switch piece {
      case .literal: nil
      case .slot(let slot): slot.variable
      }
    }
  }

  /// Its only place, where there is nothing else; its value is then filled in as it is, a number as a number.
  public var onlySlot: Slot? {
    guard pieces.count == 1, case .slot(let slot)? = pieces.first else { return nil }
    return slot
  }
}
