import ApplianceAPI
import CloudPages
import HTTPTypes

// The trace's clock, which the appliance has not: pause, step, speed, next event.
extension WebVisit {
  private static var speeds: [(value: String, text: String, speed: Double?)] {
    [
      ("1", "As recorded", 1), ("2", "2 times", 2), ("10", "10 times", 10), ("60", "60 times", 60),
      ("600", "600 times", 600), ("max", "As fast as possible", nil),
    ]
  }

  func clockBar() -> PageBlock {
    let clock = state.clock
    let place = PageForm.Hidden("back", request.path)
    let now = PageFact(id: "clock-time", "Shows", text(state.now))
    let standing =
      switch (clock.isFinished, clock.isLive) {
      case (true, true): "Nothing is listened to any more."
      case (true, false): "The traces are at their end."
      case (false, true): "That of this machine."
      case (false, false): clock.isPaused ? "Paused." : "Running."
      }
    var blocks: [PageBlock] = [.facts([now, PageFact(id: "clock-state", "State", standing)])]
    if !clock.isFinished, !clock.isLive {
      var options = Self.speeds.map { PageOption($0.value, $0.text, isChosen: $0.speed == clock.speed) }
      if !options.contains(where: \.isChosen), let speed = clock.speed {
        options.insert(PageOption("\(speed)", "\(speed) times", isChosen: true), at: 0)
      }
      let button = { (label: String, value: String) in PageButton(label, sending: .init("do", value)) }
      blocks.append(
        .form(
          PageForm(
            id: "clock", action: "/clock", hidden: [proof, place],
            fields: [PageField("speed", "Speed", .choice(options))],
            buttons: [
              button("Set speed", "speed"), clock.isPaused ? button("Resume", "resume") : button("Pause", "pause"),
              button("Next message", "step"), button("Next event", "event"),
            ], layout: .line)))
    }
    return .section(id: "clock-bar", title: "The Trace's Clock", blocks)
  }

  func clock() -> WebAnswer {
    guard request.isPost else { return .redirect("/dashboard") }
    guard let command = command() else {
      return WebInterface.refusal(.badRequest, "The clock takes pause, resume, step, event, or speed.")
    }
    // Only pages of the interface are led back to, or an address could lead elsewhere.
    let back = request.value("back") ?? "/"
    var answer = WebAnswer.redirect(WebAddress(back) == nil ? "/" : back)
    answer.command = command
    return answer
  }

  private func command() -> ClockCommand? {
    switch request.value("do") {
    case "pause": return .pause
    case "resume": return .resume
    case "step": return .step
    case "event": return .nextEvent
    case "speed":
      let value = request.value("speed") ?? ""
      if value == "max" { return .speed(nil) }
      guard let speed = Double(value), speed >= 0.01, speed <= 100_000 else { return nil }
      return .speed(speed)
    default: return nil
    }
  }
}
