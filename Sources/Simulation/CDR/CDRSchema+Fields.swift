public import HardwareProfiles
public import PBXModel

extension CDRSchema {
  /// The columns that firmware of this age writes, in its order (reference section 5.1).
  public var fields: ArraySlice<CDRField> {
    switch self {
    case .fields22: CDRField.allCases.prefix(22)
    case .fields32: CDRField.allCases.prefix(32)
    case .fields43: CDRField.allCases[...]
    }
  }
}
