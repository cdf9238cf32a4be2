import Primitives
import Testing

@Suite struct WideHashTests {
  private func hash(_ bytes: [UInt8]) -> UInt64 {
    var hash = WideHash()
    bytes.withUnsafeBytes { hash.add($0) }
    return hash.value
  }

  @Test(arguments: [0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 600])
  func everyByteAndTheLengthCount(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var seen: Set<UInt64> = [hash(bytes), hash(bytes + [0])]
    #expect(seen.count == 2)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      #expect(seen.insert(hash(changed)).inserted, "byte \(index) of \(length)")
    }
    #expect(hash(bytes) == hash(Array(bytes)))
  }

  @Test(arguments: [0, 5, 64, 200])
  func aHashMadeAtOnceIsTheOneMadeBitByBit(length: Int) {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var hash = WideHash()
    hash.add(11, 12)
    bytes.withUnsafeBytes { hash.add($0) }
    #expect(bytes.withUnsafeBytes { WideHash.value(11, 12, $0) } == hash.value)
    #expect(bytes.withUnsafeBytes { WideHash.value(12, 11, $0) } != hash.value)
  }

  @Test func theOrderOfWordsCounts() {
    var one = WideHash()
    one.add(1, 2)
    one.add(3, 4)
    var other = WideHash()
    other.add(3, 4)
    other.add(1, 2)
    #expect(one.value != other.value)
  }
}
