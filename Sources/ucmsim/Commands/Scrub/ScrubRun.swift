import CRMConnectors
import ConfigurationFiles
import Foundation
import PBXModel
import PacketCapture
import SIPCapture
import Scrubbing
import SimulationRuntime

/// What `ucmsim scrub` does: notes, renames, writes aside, proves, and only then puts the files in their places.
struct ScrubRun {
  private let command: ScrubCommand
  private let files: ScrubFiles
  private let siteText: String?
  private let crmText: String?
  private var scrubbing: TraceScrubbing
  private var messages = 0
  private var frames = 0

  init(_ command: ScrubCommand) throws {
    self.command = command
    files = try ScrubFiles(command)
    let key = try Self.key(command.keyFile)
    siteText = try command.site.map { try ConfigurationText.read($0) }
    crmText = try command.crmData.map { try ConfigurationText.read($0) }
    let site = try command.site.map { try SiteOptions.read($0) }
    let plan = site?.crm?.numbers
    let rules = NumberRules(
      site: site?.site ?? .init(), countryCode: plan?.countryCode, trunkPrefix: plan?.trunkPrefix,
      internationalPrefix: plan?.internationalPrefix)
    scrubbing = TraceScrubbing(
      MessageScrubber(renaming: Renaming(key: key, rules: rules), weeks: command.shiftWeeks ?? key.weeks))
  }

  private static func key(_ path: String?) throws -> ScrubKey {
    guard let path else {
      var chance = SystemRandomNumberGenerator()
      let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
      guard let key = ScrubKey(bytes) else {
        throw Complaint("this machine's random numbers are not random", .internalError)
      }
      return key
    }
    let bytes = try ConfigurationText.bytes(path, atMost: ScrubKey.byteCountMax, taking: "a key")
    guard let key = ScrubKey(bytes) else {
      throw Complaint(
        "\(path): is no key: \(ScrubKey.byteCountMin) bytes or more, of different values; make one with "
          + "`head -c 32 /dev/urandom > \(path)`", .unusableInput)
    }
    return key
  }

  /// Lines for people.
  mutating func run() throws -> [String] {
    let proof = ScrubProof(command)
    let model = try proof.model()
    try note()
    let aside = try ScratchFolder(in: ScrubFiles.folder(of: files.new[0]))
    let made = try write(into: aside.path)
    let runs = try ScratchFolder(in: NSTemporaryDirectory())
    let compared = try proof.run(
      files: files, made: made, sitePath: try siteForProof(in: runs.path), scrubbing: scrubbing, model: model,
      in: runs.path)
    for (path, new) in zip(made, files.new) {
      guard rename(path, new) == 0 else {
        throw Complaint("cannot create \(new): \(String(cString: strerror(errno))); choose another file", .usage)
      }
    }
    return report(model, compared)
  }

  private mutating func note() throws {
    for trace in files.traces {
      let scan = try scan(trace.given)
      do throws(TraceScrubbing.Failure) { try scrubbing.note(scan) } catch { throw error.complaint }
    }
    for (text, path) in [(siteText, command.site), (crmText, command.crmData)] {
      if let text, let path { _ = try configuration(text, path) }
    }
    scrubbing.scrubber.renaming.settle()
  }

  private func scan(_ path: String) throws -> TraceScan {
    try ScrubProof.traceOptions([path], keylog: command.keylog).scan()
  }

  private mutating func configuration(_ text: String, _ path: String, connector: String? = nil) throws -> String {
    do throws(ConfigurationErrors) {
      return try ScrubbedConfiguration.text(
        of: text, path: path, renaming: &scrubbing.scrubber.renaming, connector: connector)
    } catch { throw Complaint(error.description, .unusableInput) }
  }

  /// Writes every new file into a folder; the files in the order of `ScrubFiles.new`.
  private mutating func write(into folder: String) throws -> [String] {
    var made: [String] = []
    for (place, trace) in files.traces.enumerated() {
      let path = "\(folder)/\(place).pcap"
      let scan = try scan(trace.given)
      do throws(TraceScrubbing.Failure) {
        let outcome = try scrubbing.write(scan, to: path)
        messages += outcome.messages
        frames += outcome.scan.account.frames
      } catch { throw error.complaint }
      made.append(path)
    }
    for (text, path) in [(siteText, command.site), (crmText, command.crmData)] {
      guard let text, let path else { continue }
      made.append("\(folder)/\(made.count).yaml")
      try ResultFile.write(try configuration(text, path), to: made[made.count - 1])
    }
    return made
  }

  /// The new site file, with the connector's file found from where the proof is made.
  private mutating func siteForProof(in folder: String) throws -> String? {
    guard let siteText, let path = command.site else { return nil }
    let connector = siteText.split(whereSeparator: \.isNewline).lazy.compactMap { line -> String? in
      let words = line.split(separator: ":", maxSplits: 1)
      guard words.count == 2, words[0].trimmingCharacters(in: .whitespaces) == "connector" else { return nil }
      return words[1].trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
    }.first
    let absolute = connector.map { name in
      name.hasPrefix("/")
        ? name : URL(fileURLWithPath: ScrubFiles.folder(of: path)).appendingPathComponent(name).standardizedFileURL.path
    }
    let made = folder + "/site.yaml"
    try ResultFile.write(try configuration(siteText, path, connector: absolute), to: made)
    return made
  }

  private func report(_ model: String, _ compared: ScrubProof.Result) -> [String] {
    let renaming = scrubbing.scrubber.renaming
    var lines = ["\(messages) messages of \(frames) frames; dates moved by \(scrubbing.scrubber.weeks) weeks"]
    lines += files.new.map { "wrote \($0)" }
    lines.append("the runs on \(model) are equal up to the names (\(compared.lines) lines)")
    if !compared.pbx.isEmpty { lines.append("replay it with" + compared.pbx.map { " --pbx \($0)" }.joined()) }
    let entries = scrubbing.scrubber.losses.entries
    if !entries.isEmpty { lines.append("left out:") }
    lines += entries.map { "  \($0.count) × \($0.what)" }
    if renaming.subnetsLeftOver > 0 {
      lines.append("kept: addresses of \(renaming.subnetsLeftOver) subnets, for which there are no more fictional ones")
    }
    if !renaming.numbersKept.isEmpty {
      lines.append("kept: \(renaming.numbersKept.count) numbers whose digits the site's patterns spell out")
    }
    return lines
  }
}

extension TraceScrubbing.Failure {
  fileprivate var complaint: Complaint {
    switch self {
    case .trace(let error): error.complaint
    case .file(let failure): Complaint(failure.description, .unusableInput)
    case .noMessage: Complaint(description, .unusableInput)
    }
  }
}
