public import HardwareProfiles
public import PBXModel
import Primitives
import Simulation

/// How a model's firmware lays its CDRs out, as far as it is not the same for all.
public struct CDRLayout: Hashable, Sendable {
  /// Which columns a row has.
  public var schema: CDRSchema
  /// Whether an entry of the JSON list says `"cdr":""` instead of its session (observed on many units of the 63xx).
  public var hasEmptyEntryIDs: Bool

  /// A layout of these parts.
  public init(schema: CDRSchema, hasEmptyEntryIDs: Bool = false) {
    self.schema = schema
    self.hasEmptyEntryIDs = hasEmptyEntryIDs
  }

  /// That of a model; 32 columns where its profile does not say, which a run lists among its assumptions.
  public init(_ traits: ModelTraits) {
    self.init(
      schema: traits.cdrSchema?.value ?? .fields32, hasEmptyEntryIDs: traits.hasEmptyEntryIDs?.value ?? false)
  }

  /// Whether the rows of a session stand together under a `main_cdr`, or each for itself, as in 2013 (documented).
  var groupsRows: Bool {
    switch schema {
    case .fields22: false
    case .fields32, .fields43: true
    }
  }

  /// Whether CSV leaves commas and quotes as they are: documented for 2013 in an example with `SIP/5301,60,` in it;
  /// later answers in CSV were not seen, and are assumed to quote as RFC 4180 has it.
  var quotesCSV: Bool {
    switch schema {
    case .fields22: false
    case .fields32, .fields43: true
    }
  }

  /// Writes the text of the column at `place`, with `put` doing what the notation asks for.
  func withText(_ texts: CDRRowTexts, at place: Int, _ put: (UnsafeBufferPointer<UInt8>) -> Void) {
    texts.withBytes { bytes in
      let text = UnsafeBufferPointer(rebasing: bytes[texts.range(at: place)])
      guard renamesCallTypes, place == Self.userfieldPlace, text.elementsEqual(Self.internalCall.utf8) else {
        put(text)
        return
      }
      var old = Self.internalCallIn2013
      old.withUTF8(put)
    }
  }

  /// The text of the column at `place`, as CSV and JSON have it before they escape anything.
  public func text(_ texts: CDRRowTexts, at place: Int) -> String {
    var result = ""
    withText(texts, at: place) { result = String(decoding: $0, as: UTF8.self) }
    return result
  }

  /// `EXT` stands for a call between extensions in 2013 (documented); what the other types were called then was not
  /// seen, and they keep the names of later firmware (assumed).
  var renamesCallTypes: Bool {
    switch schema {
    case .fields22: true
    case .fields32, .fields43: false
    }
  }

  private static let internalCall = CallDirection.internal.rawValue
  private static let internalCallIn2013 = "EXT"
  private static let userfieldPlace = CDRRowTexts.fields.firstIndex(of: .userfield)
}
