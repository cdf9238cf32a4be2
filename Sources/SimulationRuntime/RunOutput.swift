public import JSON
public import PBXModel
public import Primitives
public import Simulation

/// Where a replay's results go while they come into being: a directory, or memory.
///
/// A replay writes in the order of time and ends with exactly one of `close` and `abandon`.
public protocol RunOutput: AnyObject {
  /// The directory that holds the results; nil where they are no files.
  var directoryPath: String? { get }

  /// The rows of one call.
  func write(_ session: CDRSession) throws(RunDirectory.Failure)

  /// One line of the journal.
  func write(_ entry: JournalEntry) throws(RunDirectory.Failure)

  /// One request to the CRM with its answer, as `CRMExchangeReport` makes it.
  func writeExchange(_ line: JSONValue) throws(RunDirectory.Failure)

  /// Takes away the rows that the cleaner takes away when it runs at `now`.
  func clean(_ cleaning: CDRCleaning, at now: Instant) throws(RunDirectory.Failure)

  /// Ends a run that came to its end.
  func close(summary: JSONValue) throws(RunDirectory.Failure)

  /// Ends a run that has to stop; what was written stays.
  func abandon()
}
