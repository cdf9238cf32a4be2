/// What a description puts into a body, a query or a header: JSON with places to be filled in.
public indirect enum DescribedValue: Hashable, Sendable {
  /// A template; one that is a single place gives the value itself, so that a number stays a number.
  case template(DescribedTemplate)
  case integer(Int64)
  case boolean(Bool)
  case null
  case list([DescribedValue])
  case object([Member])
  /// `$case`: one value for each word of a variable; nothing leaves the member out.
  case choice(DescribedVariable, [String: DescribedValue?])

  /// A member of an object, in the file's order.
  public struct Member: Hashable, Sendable {
    /// As it is written in the body.
    public let name: String
    /// What it holds.
    public let value: DescribedValue

    /// Takes both as they are.
    public init(_ name: String, _ value: DescribedValue) {
      self.name = name
      self.value = value
    }
  }

  /// Every variable in it.
  public var variables: [DescribedVariable] {
    switch self {
    case .template(let template): template.variables
    case .integer, .boolean, .null: []
    case .list(let elements): elements.flatMap(\.variables)
    case .object(let members): members.flatMap(\.value.variables)
    case .choice(let variable, let cases): [variable] + cases.values.flatMap { $0?.variables ?? [] }
    }
  }
}
