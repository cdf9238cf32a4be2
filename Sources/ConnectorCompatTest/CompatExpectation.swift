public import CRMCloud
public import CRMConnectors

/// One thing that every connector does with its cloud, whatever the CRM.
public struct CompatExpectation: Sendable {
  /// As a sentence: `a caller in two tables is the one of the first`.
  public let name: String
  private let people: [CompatPerson]
  private let play: @Sendable (inout CompatBench) -> Void

  init(_ name: String, _ people: [CompatPerson] = [], play: @escaping @Sendable (inout CompatBench) -> Void) {
    self.name = name
    self.people = people
    self.play = play
  }

  /// All of them.
  public static let all: [CompatExpectation] =
    lookups + adding + calls + sessions + lostAnswers + trouble + numbers + secrecy

  /// Plays it with a fresh cloud.
  ///
  /// - Parameter makeServer: gives a cloud with these contents, which nobody else uses.
  /// - Returns: what was not as expected; empty for a connector that keeps this expectation.
  public func run(
    _ subject: any CompatSubject, on makeServer: (CloudContents) throws -> any CompatServer
  ) -> [CompatFinding] {
    let server: any CompatServer
    do { server = try makeServer(subject.contents(of: people)) } catch {
      return [CompatFinding(name, subject.system, "the cloud does not take its contents: \(error)")]
    }
    var bench = CompatBench(subject, server)
    play(&bench)
    return bench.breaches.map { CompatFinding(name, subject.system, $0) }
  }

  /// Plays it with a cloud in this process.
  public func run(_ subject: any CompatSubject) -> [CompatFinding] {
    run(subject) { contents in try InProcessServer(contents) }
  }
}

/// Something a connector did that it should not have, or the other way round. Holds no secret; its people are invented.
public struct CompatFinding: Hashable, Sendable, CustomStringConvertible {
  /// The name of the expectation.
  public let expectation: String
  /// Of which system.
  public let system: CRMSystem
  /// What was found instead.
  public let text: String

  init(_ expectation: String, _ system: CRMSystem, _ text: String) {
    self.expectation = expectation
    self.system = system
    self.text = text
  }

  /// `zoho-v2: a caller in two tables is the one of the first: …`.
  public var description: String { "\(system.rawValue): \(expectation): \(text)" }
}
