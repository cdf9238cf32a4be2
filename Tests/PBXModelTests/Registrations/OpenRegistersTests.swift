import Primitives
import TestSupport
import Testing

@testable import PBXModel

@Suite struct OpenRegistersTests {
  private typealias Table = OpenRegisters<Int>

  private func key(_ number: Int) throws -> Table.Key {
    let source = try #require(IPEndpoint("192.0.2.\(number % 7 + 1):5060"))
    return Table.Key(callID: UInt64(number / 3), cseq: UInt32(number % 5), branch: UInt64(number), source: source)
  }

  @Test func eachIsFoundByItsKeyUntilItIsTakenOut() throws {
    var table = Table()
    for number in 0..<300 { table.insert(number, try key(number), at: moment(Double(number))) }
    for number in 0..<300 { #expect(table.place(of: try key(number)).map { table[$0] } == number) }
    for number in 0..<100 { #expect(table.removeOldest()?.transaction == number) }
    #expect(table.count == 200)
    #expect(table.oldest == moment(100))
    for number in 0..<300 { #expect((table.place(of: try key(number)) == nil) == (number < 100)) }
  }

  @Test func aPlaceThatWasLeftServesANewOne() throws {
    var table = Table()
    table.insert(1, try key(1), at: moment(1))
    _ = table.removeOldest()
    table.insert(2, try key(2), at: moment(2))
    #expect(table.place(of: try key(1)) == nil)
    #expect(table.place(of: try key(2)).map { table[$0] } == 2)
  }

  @Test func oneThatDiffersInAnyPartIsAnother() throws {
    let source = try #require(IPEndpoint("192.0.2.1:5060"))
    let elsewhere = try #require(IPEndpoint("192.0.2.1:5061"))
    var table = Table()
    table.insert(1, Table.Key(callID: 1, cseq: 1, branch: 1, source: source), at: moment(0))
    for other in [
      Table.Key(callID: 2, cseq: 1, branch: 1, source: source),
      Table.Key(callID: 1, cseq: 2, branch: 1, source: source),
      Table.Key(callID: 1, cseq: 1, branch: 2, source: source),
      Table.Key(callID: 1, cseq: 1, branch: 1, source: elsewhere),
    ] {
      #expect(table.place(of: other) == nil)
    }
  }

  @Test func anEmptyTableHasNoOldest() {
    var table = Table()
    #expect(table.oldest == nil)
    #expect(table.removeOldest()?.transaction == nil)
  }
}
