/// A script of Zoho's language Deluge, read: as much of it as its task `invokeurl` and what feeds it take.
///
/// Assignment, `info`, `return`, `for each`, maps, lists, joining by `+`, a few methods of values, `invokeurl` and
/// `zoho.crm.invokeConnector` (documented); everything else is refused by line.
struct DelugeScript: Hashable {
  var statements: [Statement]

  struct Statement: Hashable {
    let line: Int
    let kind: Kind

    indirect enum Kind: Hashable {
      case assign(String, Expression)
      case info(Expression)
      case returning(Expression?)
      case forEach(String, in: Expression, [Statement])
      case call(Expression)
    }
  }

  struct Expression: Hashable {
    let line: Int
    let kind: Kind

    indirect enum Kind: Hashable {
      case text(String)
      case number(Double)
      case bool(Bool)
      case null
      case variable(String)
      case map([Pair])
      case list([Expression])
      /// At least two, left to right.
      case joined([Expression])
      case method(of: Expression, name: String, [Expression])
      /// The task's entries by name.
      case invokeURL([Pair])
      case invokeConnector(Expression, Expression)
    }

    struct Pair: Hashable {
      let name: Expression
      let value: Expression
    }
  }
}
