/// The systems that have both a client and a cloud.
public enum CompatSubjects {
  /// Each as documented or measured, in the order of the systems.
  public static let all: [any CompatSubject] = [
    ZohoSubject(.v1), ZohoSubject(.v2), VtigerSubject(), SugarSubject(), SalesforceSubject(),
  ]
}
