import PBXModel

/// Which rows of two tables are the same row.
///
/// First those that agree: the same parties, the same outcome, start and duration within the tolerance. They are
/// gathered by parties and outcome and cut where the starts leave a gap, so the time goes with the rows, not with their
/// square; within such a group the pairs cost least in all (`MinimumCostMatching`). Rows left over that stand in calls
/// already paired, or have a party in common at nearly the same time, are then paired by what they have in common, to
/// be shown as rows that differ.
struct RowMatching {
  /// Rows by their places in the two tables.
  struct Pair: Hashable {
    var ours: Int
    var theirs: Int
  }

  let ours: [ComparableRow]
  let theirs: [ComparableRow]
  let tolerance: Int64
  /// Added to a start of theirs.
  let offset: Int64

  /// Seconds that rows which differ may begin apart.
  static let looseSeconds: Int64 = 30
  /// Rows that are looked at for one left over.
  private static let neighboursMax = 16
  private static let lookAheadMax = 256
  private static let dearest = 24

  private struct Key: Hashable {
    var party: String
    var dstParty: String
    var outcome: String
    var isEntrance: Bool
  }

  // MARK: Rows that agree

  func agreeing(ours ourPlaces: [Int], theirs theirPlaces: [Int]) -> [Pair] {
    var groups: [Key: (ours: [Int], theirs: [Int])] = [:]
    var keys: [Key] = []
    for place in ourPlaces {
      let key = key(ours[place])
      if groups[key] == nil { keys.append(key) }
      groups[key, default: ([], [])].ours.append(place)
    }
    for place in theirPlaces { groups[key(theirs[place])]?.theirs.append(place) }
    var pairs: [Pair] = []
    for key in keys {
      guard let group = groups[key], !group.theirs.isEmpty else { continue }
      forEachCluster(group.ours, group.theirs) { pairs += pairsOfCluster($0, $1) }
    }
    return pairs
  }

  private func key(_ row: ComparableRow) -> Key {
    Key(party: row.party, dstParty: row.dstParty, outcome: row.outcome, isEntrance: row.isEntrance)
  }

  private func theirStart(_ place: Int) -> Int64 { theirs[place].start + offset }

  /// Both lists are in the order of their starts; a gap wider than the tolerance parts what cannot pair.
  private func forEachCluster(_ ours: [Int], _ theirs: [Int], _ body: (ArraySlice<Int>, ArraySlice<Int>) -> Void) {
    var (our, their) = (0, 0)
    while our < ours.count, their < theirs.count {
      let (firstOur, firstTheir) = (our, their)
      var last = min(self.ours[ours[our]].start, theirStart(theirs[their]))
      while true {
        if our < ours.count, self.ours[ours[our]].start - last <= tolerance {
          last = max(last, self.ours[ours[our]].start)
          our += 1
        } else if their < theirs.count, theirStart(theirs[their]) - last <= tolerance {
          last = max(last, theirStart(theirs[their]))
          their += 1
        } else {
          break
        }
      }
      if our > firstOur, their > firstTheir { body(ours[firstOur..<our], theirs[firstTheir..<their]) }
    }
  }

  private func pairsOfCluster(_ ours: ArraySlice<Int>, _ theirs: ArraySlice<Int>) -> [Pair] {
    guard max(ours.count, theirs.count) > MinimumCostMatching.memberMax else {
      let (ours, theirs) = (Array(ours), Array(theirs))
      return MinimumCostMatching.pairs(left: theirs.count, right: ours.count) { their, our in
        cost(ours[our], theirs[their])
      }.map { Pair(ours: ours[$0.right], theirs: theirs[$0.left]) }
    }
    return pairsInOrder(ours, theirs)
  }

  /// So many like rows so close together: each takes the cheapest of the next ones still free.
  private func pairsInOrder(_ ours: ArraySlice<Int>, _ theirs: ArraySlice<Int>) -> [Pair] {
    var pairs: [Pair] = []
    var isUsed = Array(repeating: false, count: ours.count)
    var first = ours.startIndex
    for their in theirs {
      while first < ours.endIndex,
        isUsed[first - ours.startIndex] || self.ours[ours[first]].start < theirStart(their) - tolerance
      { first += 1 }
      var best: (cost: Int, place: Int)?
      for place in ours[first...].indices.prefix(Self.lookAheadMax) where !isUsed[place - ours.startIndex] {
        guard self.ours[ours[place]].start <= theirStart(their) + tolerance else { break }
        if let cost = cost(ours[place], their), cost < best?.cost ?? .max { best = (cost, place) }
      }
      guard let best else { continue }
      isUsed[best.place - ours.startIndex] = true
      pairs.append(Pair(ours: ours[best.place], theirs: their))
    }
    return pairs
  }

  /// nil where start or duration lie too far apart.
  private func cost(_ ourPlace: Int, _ theirPlace: Int) -> Int? {
    let (our, their) = (ours[ourPlace], theirs[theirPlace])
    let apart = abs(our.start - theirStart(theirPlace))
    let longer = abs(our.duration - their.duration)
    guard apart <= tolerance, longer <= tolerance else { return nil }
    var cost = Int(apart + longer) * 8
    if our.isAnswered { cost += Int(min(abs(our.billsec - their.billsec), 100)) * 8 }
    // Of two alike, the one whose call began alike too.
    cost += Int(min(abs(our.callStart - their.callStart - offset), 3)) * 4
    if our[.dst] != their[.dst] { cost += 2 }
    if our[.src] != their[.src] { cost += 2 }
    if our[.lastapp] != their[.lastapp] { cost += 1 }
    return cost
  }

  // MARK: Rows that differ

  /// - Parameter agreeing: the pairs there are, which say what calls are the same.
  func differing(ours ourPlaces: [Int], theirs theirPlaces: [Int], agreeing: [Pair]) -> [Pair] {
    var calls: [String: String] = [:]
    for pair in agreeing where calls[theirs[pair.theirs].call] == nil {
      calls[theirs[pair.theirs].call] = ours[pair.ours].call
    }
    let index = NeighbourIndex(ours, ourPlaces)
    var edges: [(cost: Int, theirs: Int, ours: Int)] = []
    for their in theirPlaces {
      let row = theirs[their]
      let near = index.places(near: row, at: theirStart(their), call: calls[row.call], limit: Self.neighboursMax)
      for our in near {
        if let cost = looseCost(our, their, isSameCall: calls[row.call] == ours[our].call) {
          edges.append((cost, their, our))
        }
      }
    }
    edges.sort { ($0.cost, $0.theirs, $0.ours) < ($1.cost, $1.theirs, $1.ours) }
    var (usedOurs, usedTheirs): (Set<Int>, Set<Int>) = ([], [])
    var pairs: [Pair] = []
    for edge in edges where !usedOurs.contains(edge.ours) && !usedTheirs.contains(edge.theirs) {
      usedOurs.insert(edge.ours)
      usedTheirs.insert(edge.theirs)
      pairs.append(Pair(ours: edge.ours, theirs: edge.theirs))
    }
    return pairs
  }

  /// nil for rows that have too little in common.
  private func looseCost(_ ourPlace: Int, _ theirPlace: Int, isSameCall: Bool) -> Int? {
    let (our, their) = (ours[ourPlace], theirs[theirPlace])
    let apart = abs(our.start - theirStart(theirPlace))
    let isSameParty = our.party == their.party
    guard isSameParty || (our.dstParty == their.dstParty && !our.dstParty.isEmpty) else { return nil }
    guard apart <= Self.looseSeconds, our.isEntrance == their.isEntrance else { return nil }
    var cost = isSameCall ? 0 : 6
    if !isSameParty { cost += 6 }
    if our.dstParty != their.dstParty { cost += our.dstParty.isEmpty || their.dstParty.isEmpty ? 12 : 8 }
    if our.outcome != their.outcome { cost += 5 }
    // A trunk calls for many.
    if isSameParty, our.party.hasPrefix("trunk_"), our[.src] != their[.src] { cost += 6 }
    cost += Int(min(apart, 12)) + Int(min(abs(our.duration - their.duration), 6))
    if our[.dst] != their[.dst] { cost += 2 }
    return cost <= Self.dearest ? cost : nil
  }
}

/// Rows left over, found by party and time.
private struct NeighbourIndex {
  private let rows: [ComparableRow]
  private var byParty: [String: [Int]] = [:]
  private var byDstParty: [String: [Int]] = [:]
  private var byCall: [String: [Int]] = [:]

  /// - Parameter places: in the order of their starts.
  init(_ rows: [ComparableRow], _ places: [Int]) {
    self.rows = rows
    for place in places {
      byParty[rows[place].party, default: []].append(place)
      if !rows[place].dstParty.isEmpty { byDstParty[rows[place].dstParty, default: []].append(place) }
      byCall[rows[place].call, default: []].append(place)
    }
  }

  /// At most `limit` each of one call, one caller and one callee, nearest in time.
  func places(near row: ComparableRow, at start: Int64, call: String?, limit: Int) -> [Int] {
    var found = nearest(byParty[row.party] ?? [], start, limit)
    found += nearest(row.dstParty.isEmpty ? [] : byDstParty[row.dstParty] ?? [], start, limit)
    found += nearest(call.flatMap { byCall[$0] } ?? [], start, limit)
    return Set(found).sorted()
  }

  private func nearest(_ places: [Int], _ start: Int64, _ limit: Int) -> [Int] {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[places[middle]].start < start { low = middle + 1 } else { high = middle }
    }
    return Array(places[max(0, low - limit / 2)..<min(places.count, low + limit / 2)])
  }
}
