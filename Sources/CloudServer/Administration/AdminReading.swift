public import CRMCloud

/// How texts an administrator sends are read; the same readers as for files.
public struct AdminReading: Sendable {
  /// Why a text cannot be read, with every place; never a secret.
  public struct Failure: Error, Sendable {
    /// One line for each mistake.
    public let description: String
    /// Takes the lines as they are.
    public init(_ description: String) { self.description = description }
  }

  let data: @Sendable (String) throws(Failure) -> CloudContents
  let faults: @Sendable (String) throws(Failure) -> [CloudFaultRule]

  /// Readers for data files and fault scripts.
  public init(
    data: @escaping @Sendable (String) throws(Failure) -> CloudContents,
    faults: @escaping @Sendable (String) throws(Failure) -> [CloudFaultRule]
  ) {
    self.data = data
    self.faults = faults
  }

  /// Reads nothing.
  public static var none: AdminReading {
    AdminReading(
      data: { _ throws(Failure) in throw Failure("this server reads no data") },
      faults: { _ throws(Failure) in throw Failure("this server reads no fault scripts") })
  }
}
