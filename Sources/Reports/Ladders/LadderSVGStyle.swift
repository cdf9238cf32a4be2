/// What every ladder's SVG begins with.
///
/// Plain rules and no custom properties, which not every renderer of SVG knows. Each text has a contrast of at least
/// 4.5 to 1 on its paper (WCAG 2.2, 1.4.3).
enum LadderSVGStyle {
  static func head(width: Int, height: Int) -> String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\" role=\"graphics-document\" aria-labelledby=\"title\" "
      + "aria-describedby=\"desc\">\n"
  }

  static let sheet = """
    <style>
    text{font:13px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
    text{fill:#1b1f24;white-space:pre}
    .head{font-size:17px;font-weight:bold}
    .name{font-size:14px;font-weight:bold}
    .note{font-size:12px;fill:#57606a}
    .label{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
    .paper{fill:#fff}
    .life{stroke:#c4cad1}
    .box{fill:#f3f5f7;stroke:#8b949e}
    .pbx .box{fill:#e3ecf8;stroke:#5b7fb0}
    .arrow{stroke-width:1.5}
    .request .label,.request .point{fill:#0b57d0}.request .arrow{stroke:#0b57d0}
    .provisional .label,.provisional .point{fill:#6b5900}.provisional .arrow{stroke:#6b5900}
    .success .label,.success .point{fill:#137333}.success .arrow{stroke:#137333}
    .failure .label,.failure .point{fill:#b3261e}.failure .arrow{stroke:#b3261e}
    .challenge .label,.challenge .point{fill:#8430ce}.challenge .arrow{stroke:#8430ce}
    .again .arrow{stroke-dasharray:5 4}
    @media (prefers-color-scheme:dark){
    text{fill:#e6e9ed}
    .note{fill:#a3adb8}
    .label{stroke:#15181d}
    .paper{fill:#15181d}
    .life{stroke:#454d57}
    .box{fill:#20252c;stroke:#6b7683}
    .pbx .box{fill:#1d2b3f;stroke:#5b7fb0}
    .request .label,.request .point{fill:#8ab4f8}.request .arrow{stroke:#8ab4f8}
    .provisional .label,.provisional .point{fill:#e2c55c}.provisional .arrow{stroke:#e2c55c}
    .success .label,.success .point{fill:#7ddc9b}.success .arrow{stroke:#7ddc9b}
    .failure .label,.failure .point{fill:#ff9d93}.failure .arrow{stroke:#ff9d93}
    .challenge .label,.challenge .point{fill:#d3a6ff}.challenge .arrow{stroke:#d3a6ff}
    }
    </style>

    """
}
