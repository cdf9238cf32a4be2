import ArgumentParser

/// How a ladder is drawn.
enum LadderFormat: String, CaseIterable, ExpressibleByArgument {
  case text, svg, json
}
