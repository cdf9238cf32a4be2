import Cases
import Testing

@Suite struct ShrinkSearchTests {
  /// Runs a search to its end, or for so many runs.
  private func shrink(
    _ count: Int, runsMax: Int = 10_000, fails: (Set<Int>) -> Bool
  ) -> (search: ShrinkSearch, runs: Int) {
    var search = ShrinkSearch(count: count)
    var runs = 0
    while runs < runsMax, let proposal = search.proposal {
      runs += 1
      search.take(isFailing: fails(Set(proposal)))
    }
    return (search, runs)
  }

  @Test func oneUnitOfAThousandIsFoundInFewRuns() {
    let (search, runs) = shrink(1000) { $0.contains(617) }
    #expect(search.kept == [617] && search.isMinimal)
    #expect(runs <= 60)
  }

  @Test func unitsFarApartAreKeptTogether() {
    #expect(shrink(500) { $0.isSuperset(of: [3, 250, 499]) }.search.kept == [3, 250, 499])
  }

  @Test func nothingIsLeftOfWhatFailsByItself() {
    let (search, runs) = shrink(64) { _ in true }
    #expect(search.kept == [] && runs == 1)
  }

  @Test func allIsLeftWhereAllIsNeeded() {
    let (search, _) = shrink(9) { $0.count == 9 }
    #expect(search.kept == Array(0..<9) && search.isMinimal)
  }

  @Test func noUnitIsProposedOfNone() {
    #expect(ShrinkSearch(count: 0).proposal == nil)
    #expect(ShrinkSearch(count: -1).isMinimal)
  }

  @Test func aUnitIsTriedAgainOnceWhatNeededItIsGone() {
    // Without 7, 2 can go; with it, it cannot. Sweeps meet 7 first and 2 a second time.
    let (search, _) = shrink(8) {
      $0.contains(5) && (!$0.contains(2) || $0.count > 2) && ($0.contains(2) || !$0.contains(7))
    }
    #expect(search.isMinimal)
    for index in search.kept.indices {
      var fewer = search.kept
      fewer.remove(at: index)
      let set = Set(fewer)
      #expect(
        !(set.contains(5) && (!set.contains(2) || set.count > 2) && (set.contains(2) || !set.contains(7))))
    }
  }

  @Test(arguments: 0..<40)
  func whatIsNeededIsWhatIsLeft(seed: Int) {
    let count = 1 + seed * 7
    let needed = Set((0..<count).filter { ($0 &* 2_654_435_761 &+ seed &* 97) % 11 == 0 })
    let (search, _) = shrink(count) { $0.isSuperset(of: needed) }
    #expect(search.kept == needed.sorted() && search.isMinimal)
  }

  @Test func aSearchThatIsStoppedHasSomethingThatFails() {
    let (search, _) = shrink(100, runsMax: 9) { $0.isSuperset(of: [10, 90]) }
    #expect(!search.isMinimal && Set(search.kept).isSuperset(of: [10, 90]))
  }

  @Test func verdictsAfterTheEndChangeNothing() {
    var (search, _) = shrink(4) { $0.contains(1) }
    search.take(isFailing: true)
    #expect(search.kept == [1])
  }
}
