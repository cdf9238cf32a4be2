/// What a refused INVITE is answered with.
public struct RefusalAnswer: Hashable, Sendable {
  /// Of the SIP response.
  public var status: Int
  /// Of the hang-up (ITU-T Q.850).
  public var cause: Int

  /// Takes both as they are.
  public init(status: Int, cause: Int) {
    self.status = status
    self.cause = cause
  }
}
