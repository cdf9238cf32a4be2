import SimulationRuntime

/// A bar on standard error while a long trace is read; nothing where that is no terminal.
final class ProgressBar {
  private var shown = false
  private var lastPercent = -1
  private let isWanted = StandardError.isTerminal
  private static let cells = 30

  func update(_ progress: TraceScan.Progress) {
    guard isWanted else { return }
    guard let position = progress.position, let size = progress.size, size > 0 else {
      show("\(progress.frames) frames")
      return
    }
    let percent = Int(min(100, position * 100 / size))
    guard percent != lastPercent else { return }
    lastPercent = percent
    let filled = percent * Self.cells / 100
    show(
      String(repeating: "█", count: filled) + String(repeating: "░", count: Self.cells - filled)
        + " \(percent) %  \(progress.frames) frames")
  }

  /// Shows where something stands that is no reading of traces.
  func update(_ text: String) {
    if isWanted { show(text) }
  }

  private func show(_ text: String) {
    shown = true
    StandardError.write("\r\u{1B}[K" + text)
  }

  /// Takes the bar away.
  func finish() {
    if shown { StandardError.write("\r\u{1B}[K") }
    shown = false
  }
}
