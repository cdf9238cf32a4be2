import HardwareProfiles
import Primitives
import Simulation

/// Use over time against each model's line, as an SVG document that needs nothing else: calls above, users below.
public struct SizingSVG {
  private static let width = 1000
  private static let panelHeight = 420
  private static let headHeight = 56
  private let report: SizingReport

  /// A picture of the report.
  public init(_ report: SizingReport) { self.report = report }

  /// The whole document, the same bytes for the same report.
  public var text: String {
    let panels = [Resource.calls, .users].map { SizingPanel(report.sizing, $0, timeZone: report.timeZone) }
    let height = Self.headHeight + panels.count * Self.panelHeight
    var svg = LadderSVGStyle.head(width: Self.width, height: height)
    svg += "<title id=\"title\">\(SVGText.escaped(title))</title>\n"
    svg += "<desc id=\"desc\">\(SVGText.escaped(panels.map(\.description).joined(separator: " ")))</desc>\n"
    svg += SizingSVGStyle.sheet
    svg += "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    svg += SizingPanel.text(title, x: 20, y: 30, "head")
    for (index, panel) in panels.enumerated() {
      svg += "<g transform=\"translate(0 \(Self.headHeight + index * Self.panelHeight))\">\n"
      svg += panel.svg(width: Self.width, height: Self.panelHeight)
      svg += "</g>\n"
    }
    return svg + "</svg>\n"
  }

  private var title: String {
    let files = report.inputs.prefix(3).map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    let names = files.joined(separator: ", ") + (report.inputs.count > 3 ? ", …" : "")
    return DisplayWidth.truncated(DisplayWidth.printable("Use against each model's limit: \(names)"), to: 90)
  }
}

/// Plain rules and no custom properties, which not every renderer of SVG knows. Each text has a contrast of at least
/// 4.5 to 1 on its paper (WCAG 2.2, 1.4.3); lines are told apart by their labels, not by colour.
enum SizingSVGStyle {
  static let sheet = """
    <style>
    text{font:13px ui-sans-serif,system-ui,"DejaVu Sans","Liberation Sans",sans-serif}
    text{fill:#1b1f24}
    .head{font-size:17px;font-weight:bold}
    .name{font-size:14px;font-weight:bold}
    .note{font-size:12px;fill:#57606a}
    .need{fill:#0b57d0}
    .short{fill:#b3261e}
    .paper{fill:#fff}
    .axis{stroke:#8b949e}
    .grid{stroke:#e3e7eb}
    .limit{stroke:#57606a;stroke-width:1.25}
    .limit.less{stroke:#b3261e;stroke-dasharray:7 4}
    .wanted{stroke:#0b57d0;stroke-width:1.5;stroke-dasharray:2 3}
    .lead{stroke:#b4bbc3;fill:none}
    .area{fill:#c7dafc;stroke:#0b57d0;stroke-width:1}
    @media (prefers-color-scheme:dark){
    text{fill:#e6e9ed}
    .note{fill:#a3adb8}
    .need{fill:#8ab4f8}
    .short{fill:#ff9d93}
    .paper{fill:#15181d}
    .axis{stroke:#6b7683}
    .grid{stroke:#2b3138}
    .limit{stroke:#a3adb8}
    .limit.less{stroke:#ff9d93}
    .wanted{stroke:#8ab4f8}
    .lead{stroke:#59626d}
    .area{fill:#1f3a63;stroke:#8ab4f8}
    }
    </style>

    """
}
