/// A COQL query: `select Full_Name, Phone from Contacts where Phone = '…' limit 1`.
struct ZohoQuery: Hashable {
  /// Why a query is not understood.
  enum Failure: Error, Hashable {
    case syntax(at: Int)
    case unknownModule(String)
    case unknownColumn(String)
    case invalidValue(column: String)
    case limitExceeded(Int)
    /// One function of one column twice.
    case duplicateColumn(String)
  }

  struct Column: Hashable {
    let path: ZohoFieldPath
    /// nil for the value itself.
    var aggregate: ZohoAggregate?
    /// What the answer calls it.
    let name: String
  }

  let module: ZohoModuleName
  let columns: [Column]
  let condition: ZohoCondition
  /// What rows with the same values here become one row by.
  var groups: [ZohoFieldPath] = []
  let order: [(path: ZohoFieldPath, isDescending: Bool)]
  let limit: Int
  let offset: Int

  static func == (left: ZohoQuery, right: ZohoQuery) -> Bool {
    left.module == right.module && left.columns == right.columns && left.condition == right.condition
      && left.groups == right.groups
      && left.limit == right.limit && left.offset == right.offset
      && left.order.map(\.path) == right.order.map(\.path)
      && left.order.map(\.isDescending) == right.order.map(\.isDescending)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(module)
    hasher.combine(condition)
  }

  /// Modules whose records it reads.
  var modules: Set<ZohoModuleName> {
    let paths = columns.map(\.path) + groups + condition.terms.map(\.path) + order.map(\.path)
    return Set([module] + paths.compactMap(\.joined))
  }

  /// Whether a row of the answer is no record.
  var isGrouped: Bool { !groups.isEmpty || columns.contains { $0.aggregate != nil } }

  /// What it costs of the day's credits: 1 to 3 by the rows asked for (documented; the steps assumed).
  var credits: Int { limit <= 200 ? 1 : limit <= 1000 ? 2 : 3 }
}
