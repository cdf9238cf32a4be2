import PBXModel

/// How a running call or leg stands here, packed into the number that a `SerialTable` keeps of it.
struct Standing {
  private(set) var bits: Int

  private static let presentBit = 1
  private static let absentBit = 2
  private static let outgoingBit = 4
  private static let variedBit = 8
  private static let recordingBit = 16
  private static let resourcesShift = 8
  private static let trunkShift = 24
  private static let roomShift = 40
  private static let fieldMask = 0xFFFF

  /// It is here and holds nothing.
  init() { bits = Self.presentBit }
  init(bits: Int) { self.bits = bits }

  /// What the trace shows of it afterwards did not happen here.
  static let absent = Standing(bits: absentBit)
  var isAbsent: Bool { bits & Self.absentBit != 0 }

  /// Whether `Appliance.variations` has an entry for it.
  var isVaried: Bool {
    get { bits & Self.variedBit != 0 }
    set { set(Self.variedBit, newValue) }
  }
  /// Whether a recording of it was asked for; it is asked for once.
  var isRecordingDecided: Bool {
    get { bits & Self.recordingBit != 0 }
    set { set(Self.recordingBit, newValue) }
  }
  /// What it gives back at its end.
  var resources: ResourceSet {
    get { ResourceSet(rawValue: UInt16(truncatingIfNeeded: bits >> Self.resourcesShift)) }
    set { setField(Self.resourcesShift, Int(newValue.rawValue)) }
  }
  /// The trunk it takes a place on, and which way.
  var trunk: (slot: Int, isOutgoing: Bool)? {
    get { field(Self.trunkShift).map { ($0, bits & Self.outgoingBit != 0) } }
    set {
      setField(Self.trunkShift, newValue.map { $0.slot + 1 } ?? 0)
      set(Self.outgoingBit, newValue?.isOutgoing ?? false)
    }
  }
  /// The conference room it is in, by its place in the site file.
  var room: Int? {
    get { field(Self.roomShift) }
    set { setField(Self.roomShift, newValue.map { $0 + 1 } ?? 0) }
  }

  private mutating func set(_ bit: Int, _ isSet: Bool) { bits = isSet ? bits | bit : bits & ~bit }

  private func field(_ shift: Int) -> Int? {
    let value = bits >> shift & Self.fieldMask
    return value == 0 ? nil : value - 1
  }

  private mutating func setField(_ shift: Int, _ value: Int) {
    bits = bits & ~(Self.fieldMask << shift) | (value & Self.fieldMask) << shift
  }
}

extension SerialTable {
  /// nil for one that is not here, or has been forgotten.
  subscript(call call: Call.ID) -> Standing? {
    get { self[call.rawValue].map { Standing(bits: $0) } }
    set { self[call.rawValue] = newValue?.bits }
  }

  /// As for a call.
  subscript(leg leg: Leg.ID) -> Standing? {
    get { self[leg.rawValue].map { Standing(bits: $0) } }
    set { self[leg.rawValue] = newValue?.bits }
  }
}
