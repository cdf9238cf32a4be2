/// Pairs the members of two small groups so that as many as possible are paired, and these at the least cost.
///
/// The Hungarian method with potentials (Kuhn 1955, Munkres 1957), in time `left² · right`; ties always fall the same
/// way. Groups past `memberMax` on a side are the caller's to cut.
enum MinimumCostMatching {
  /// Members of a side that are still quick.
  static let memberMax = 64
  private static let forbidden = 1_000_000_000

  /// - Parameter cost: of a pair, 0 ... 1,000,000; nil for two that must not be paired.
  /// - Returns: pairs by their places, ordered by `left`.
  static func pairs(left: Int, right: Int, cost: (Int, Int) -> Int?) -> [(left: Int, right: Int)] {
    guard left > 0, right > 0 else { return [] }
    guard left <= right else {
      return pairs(left: right, right: left) { cost($1, $0) }.map { ($0.right, $0.left) }.sorted { $0.0 < $1.0 }
    }
    var costs: [Int] = []
    costs.reserveCapacity(left * right)
    for row in 0..<left { for column in 0..<right { costs.append(cost(row, column) ?? forbidden) } }
    return assignment(costs, left, right).enumerated().compactMap { row, column in
      guard let column, costs[row * right + column] < forbidden else { return nil }
      return (row, column)
    }
  }

  /// The column of each row. Row and column 0 of the work arrays stand for none.
  private static func assignment(_ costs: [Int], _ rows: Int, _ columns: Int) -> [Int?] {
    var rowPotential = Array(repeating: 0, count: rows + 1)
    var columnPotential = Array(repeating: 0, count: columns + 1)
    var rowOf = Array(repeating: 0, count: columns + 1)
    var way = Array(repeating: 0, count: columns + 1)
    for row in 1...rows {
      rowOf[0] = row
      var column = 0
      var least = Array(repeating: Int.max, count: columns + 1)
      var isUsed = Array(repeating: false, count: columns + 1)
      repeat {
        isUsed[column] = true
        let current = rowOf[column]
        var (delta, next) = (Int.max, 0)
        for other in 1...columns where !isUsed[other] {
          let reduced =
            costs[(current - 1) * columns + other - 1] - rowPotential[current] - columnPotential[other]
          if reduced < least[other] { (least[other], way[other]) = (reduced, column) }
          if least[other] < delta { (delta, next) = (least[other], other) }
        }
        for other in 0...columns {
          if isUsed[other] {
            rowPotential[rowOf[other]] += delta
            columnPotential[other] -= delta
          } else if least[other] < Int.max {
            least[other] -= delta
          }
        }
        column = next
      } while rowOf[column] != 0
      repeat {
        rowOf[column] = rowOf[way[column]]
        column = way[column]
      } while column != 0
    }
    var result: [Int?] = Array(repeating: nil, count: rows)
    for column in 1...columns where rowOf[column] > 0 { result[rowOf[column] - 1] = column - 1 }
    return result
  }
}
