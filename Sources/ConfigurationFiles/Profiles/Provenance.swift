import HardwareProfiles
import Primitives

/// Who says so, and how sure that is.
struct Provenance {
  /// The keys that say so of a value, for every `mapping(keys:)`.
  static let keys = ["source", "certainty", "confidence", "note"]

  var source: String
  var certainty: Certainty
  var confidence: Confidence
  var note: String?

  init?(_ mapping: Mapping) {
    let citation = mapping.required("source", remedy: Self.sourceForm)?.citation()
    let certaintyEntry = mapping.required("certainty", remedy: "write one of \(Self.words(Certainty.self))")
    let certainty = certaintyEntry?.choice(of: Certainty.self)
    let confidence = mapping.required("confidence", remedy: "write one of \(Self.words(Confidence.self))")?
      .choice(of: Confidence.self)
    note = mapping["note"]?.text(maxLength: 1024)
    if let citation, let certainty { Self.check(certainty, against: citation, at: certaintyEntry) }
    guard let citation, let certainty, let confidence else { return nil }
    (self.source, self.certainty, self.confidence) = (citation.text, certainty, confidence)
  }

  /// How a source is written.
  static let sourceForm = "write the keys of the source list, a colon and a few words: `D3: guide`"

  private static func words<Choice: RawRepresentable<String> & CaseIterable>(_ type: Choice.Type) -> String {
    Choice.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// What is better known than any of its sources is not known that well (`hardware-profiles/README.md`).
  private static func check(_ certainty: Certainty, against citation: SourceCitation, at entry: Entry?) {
    guard certainty != .assumed, !citation.keys.contains(where: { $0.certainty == certainty }) else { return }
    let carried = Certainty.allCases.filter { word in citation.keys.contains { $0.certainty == word } }
    let allowed = (carried + (carried.contains(.assumed) ? [] : [.assumed])).map(\.rawValue)
    entry?.report(
      "`\(certainty.rawValue)` rests on none of the sources \(citation.keys.map(\.name).joined(separator: ", "))",
      remedy: "they carry \(allowed.joined(separator: " or "))")
  }
}

/// A `source:`: keys of the source list in `hardware-profiles/README.md`, a colon and a few words.
struct SourceCitation {
  var text: String
  var keys: [SourceKey]

  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[1].first == " ", parts[1].contains(where: { $0 != " " }) else { return nil }
    let names = parts[0].split(separator: ",", omittingEmptySubsequences: false)
    let keys = names.enumerated().compactMap { index, name in
      SourceKey(index == 0 ? name : name.first == " " ? name.dropFirst() : "")
    }
    guard keys.count == names.count else { return nil }
    (self.text, self.keys) = (text, keys)
  }
}

/// One key of the source list: `D3`.
struct SourceKey {
  var name: String
  /// What a value can be that rests on this source alone.
  var certainty: Certainty

  init?(_ name: Substring) {
    guard let kind = name.utf8.first, name.dropFirst().isDigits(1...4) else { return nil }
    switch kind {
    case UInt8(ascii: "D"), UInt8(ascii: "S"), UInt8(ascii: "U"): certainty = .documented
    case UInt8(ascii: "G"): certainty = name == Self.asterisk ? .upstream : .observed
    case UInt8(ascii: "X"): certainty = .observed
    case UInt8(ascii: "R"): certainty = .assumed
    default: return nil
    }
    self.name = String(name)
  }

  private static let asterisk = "G7"
}

extension Entry {
  /// Keys of the source list, a colon and a few words: `D3, D4: conference guide`.
  func citation() -> SourceCitation? {
    parsed(as: "a source", remedy: Provenance.sourceForm, SourceCitation.init)
  }
}
