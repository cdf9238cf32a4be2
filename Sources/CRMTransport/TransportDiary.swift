import Synchronization

/// What went wrong on the way, each thing once.
final class TransportDiary: Sendable {
  private static let notesMax = 50
  private let notes = Mutex<(texts: [String], counts: [String: Int])>(([], [:]))

  func note(_ text: String) {
    notes.withLock { notes in
      guard notes.counts[text] != nil || notes.texts.count < Self.notesMax else { return }
      if notes.counts[text] == nil { notes.texts.append(text) }
      notes.counts[text, default: 0] += 1
    }
  }

  var notices: [String] {
    notes.withLock { notes in
      notes.texts.map { text in
        let count = notes.counts[text] ?? 1
        return count == 1 ? text : "\(text) (\(count) times)"
      }
    }
  }
}
