import Primitives
import Testing

@Suite struct SeededGeneratorTests {
  /// The first numbers of SplitMix64 for seed 1234567, as its reference implementation prints them.
  @Test func theNumbersAreThoseOfTheReference() {
    var generator = SeededGenerator(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test(arguments: [(-1, 0), (0, 0), (1, 1), (16, 16), (33, 33)])
  func hexadecimalTextHasTheLengthAskedFor(count: Int, length: Int) {
    var generator = SeededGenerator(seed: 7)
    let text = generator.hexadecimal(count)
    #expect(text.utf8.count == length)
    #expect(text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
  }
}
