import Simulation
import Testing

@Suite struct ShareTests {
  @Test(arguments: [("25%", 2500), ("25", 2500), ("2.5%", 250), ("0.05", 5), ("0%", 0), ("100%", 10_000)])
  func aPercentageIsRead(text: String, basisPoints: Int) {
    #expect(Share(text)?.basisPoints == basisPoints)
  }

  @Test(arguments: ["", "%", "-1%", "+1", "1e3", "25 %", "25%%", ".5", "5.", "1.234", "1.2.3", "１", "99999999", "x"])
  func nothingElseIs(text: String) { #expect(Share(text) == nil) }

  @Test(arguments: [(0, 2500, 0), (1, 2500, 2), (4, 2500, 5), (12, 2500, 15), (13, 2500, 17), (7, 0, 7), (1, 1, 2)])
  func whatIsAddedIsRoundedUp(count: Int, basisPoints: Int, grown: Int) {
    #expect(Share(basisPoints: basisPoints).added(to: count) == grown)
  }

  @Test func aCountTooLargeSaturates() { #expect(Share(basisPoints: 10_000).added(to: .max) == .max) }

  @Test(arguments: [(2500, "25 %"), (250, "2.5 %"), (5, "0.05 %"), (10, "0.1 %"), (0, "0 %")])
  func itIsWrittenAsShortAsItGoes(basisPoints: Int, text: String) {
    #expect(Share(basisPoints: basisPoints).description == text)
  }
}
