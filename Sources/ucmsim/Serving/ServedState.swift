import ApplianceServer

/// What `serve` finds in the folder of `--state`, and leaves there.
struct ServedState {
  /// What an earlier run left.
  let state: KeptState
  /// Whether its rows are gone on with.
  let isKept: Bool
  private let folder: StateFolder?

  /// - Parameters:
  ///   - folder: one that is there; nil where nothing is kept.
  ///   - isReset: whether what is there is forgotten.
  init(folder path: String?, isReset: Bool) throws {
    isKept = path != nil && !isReset
    guard let path else {
      (state, folder) = (KeptState(), nil)
      return
    }
    do throws(StateFolder.Failure) {
      let opened = try StateFolder(path: path)
      if isReset { try opened.reset() }
      (state, folder) = (try opened.read(), opened)
    } catch {
      throw Complaint(error.description, error.reason == .inUse ? .usage : .unusableInput)
    }
  }

  /// nil where nothing is kept.
  func keeper(of served: ServedAppliance, _ realTime: RealTimeOutput?) -> StateKeeper? {
    guard let folder else { return nil }
    return StateKeeper(folder, holding: state, problem: { StandardError.note($0) }) {
      var state = KeptState()
      state.systemEvents = served.live.view.systemEvents
      state.toldCalls = realTime?.toldCalls
      return state
    }
  }
}
