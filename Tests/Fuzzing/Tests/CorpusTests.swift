import Foundation
import FuzzTargets
import Primitives
import Testing

/// What a fuzzer would run, over the committed seeds and finds; `scripts/fuzz` looks for new ones.
@Suite("Fuzz targets")
struct CorpusTests {
  struct Input: CustomTestStringConvertible {
    let target: FuzzTarget
    let file: URL
    var testDescription: String { "\(target.name)/\(file.lastPathComponent)" }
  }

  static let corpus = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appending(path: "../../../fixtures/corpus").standardized

  static let inputs: [Input] = FuzzTarget.all.flatMap { target in
    let folder = corpus.appending(path: target.name)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { Input(target: target, file: folder.appending(path: $0)) }
  }

  @Test("Every target has seeds", arguments: FuzzTarget.all.map(\.name))
  func everyTargetHasSeeds(name: String) {
    #expect(Self.inputs.count { $0.target.name == name } >= 3)
  }

  @Test("Every law holds for every file of the corpus", arguments: inputs)
  func lawsHoldForTheCorpus(input: Input) throws {
    let bytes = [UInt8](try Data(contentsOf: input.file))
    #expect(bytes.count <= input.target.inputBytesMax)
    #expect(bytes.withUnsafeBytes(input.target.run) == nil)
  }

  @Test("Every law holds for every file of the corpus cut at every byte", arguments: inputs)
  func lawsHoldForCutInputs(input: Input) throws {
    let bytes = [UInt8](try Data(contentsOf: input.file))
    // Every byte of short ones; of long ones some 200.
    for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 200)) {
      let broken = bytes[..<end].withUnsafeBytes(input.target.run)
      #expect(broken == nil, "cut at \(end)")
    }
  }

  @Test("Every law holds for bytes changed by chance", arguments: inputs)
  func lawsHoldForChangedInputs(input: Input) throws {
    let bytes = [UInt8](try Data(contentsOf: input.file))
    var generator = SeededGenerator(seed: UInt64(bytes.count))
    for round in 0..<50 where !bytes.isEmpty {
      var changed = bytes
      for _ in 0...round % 4 {
        changed[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
      }
      let broken = changed.withUnsafeBytes(input.target.run)
      #expect(broken == nil, "round \(round)")
    }
  }
}
