/// How careful a client is about numbers.
public enum LookupManner: String, Hashable, Sendable, CaseIterable {
  /// Only a number is asked for, and a hit counts when its digits are the number's.
  case verified
  /// As the vendor's softphone add-ins do it (observed in their source): whatever the caller shows goes into the query
  /// as the add-in writes it, and the first hit wins. For those who test against the faults this has.
  case vendorAddIn = "vendor-add-in"
}
