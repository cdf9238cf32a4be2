/// What the page of every comparison begins with.
///
/// Each text has a contrast of at least 4.5 to 1 on its paper in both themes (WCAG 2.2, 1.4.3). Tables that are wider
/// than a phone scroll in a frame of their own.
enum FleetPageStyle {
  static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>ucmsim compare</title>
    <style>
    :root{--paper:#fff;--ink:#1b1f24;--soft:#57606a;
    --line:#d0d7de;--stripe:#f3f5f7;--bad:#b3261e;--badpaper:#fdecea;--blue:#0b57d0}
    @media (prefers-color-scheme:dark){:root{
    --paper:#15181d;--ink:#e6e9ed;--soft:#a3adb8;
    --line:#454d57;--stripe:#20252c;--bad:#ff9d93;--badpaper:#3a1f1d;--blue:#8ab4f8}}
    *{box-sizing:border-box}
    body{margin:0 auto;padding:1rem;max-width:78rem;background:var(--paper);color:var(--ink)}
    body{font:15px/1.5 system-ui,sans-serif}
    h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
    h2{font-size:1.15rem;margin:2rem 0 .5rem}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0 0 1rem}
    dt,caption,footer,.note{color:var(--soft)}
    dd{margin:0;overflow-wrap:anywhere}
    .wide{overflow-x:auto;border:1px solid var(--line);border-radius:6px}
    table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
    caption{text-align:left;padding:.5rem .75rem;font-size:.85rem}
    th,td{padding:.35rem .75rem;text-align:left;border-top:1px solid var(--line);white-space:nowrap}
    thead th{font-size:.85rem;color:var(--soft);vertical-align:bottom}
    tr{background:var(--paper)}
    tbody tr:nth-child(odd){background:var(--stripe)}
    tbody th,thead th:first-child{position:sticky;left:0;background:inherit}
    .bad{color:var(--bad);background:var(--badpaper);font-weight:600}
    .open{color:var(--soft);font-style:italic}
    .warning{border-left:4px solid var(--bad);background:var(--badpaper);padding:.5rem .75rem;overflow-wrap:anywhere}
    details{margin:.5rem 0;border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem}
    details>.wide{margin:.5rem 0}
    summary{cursor:pointer}
    svg{display:block;min-width:640px;width:100%;height:auto}
    svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
    svg .soft{fill:var(--soft)}
    .axis{stroke:var(--line)}
    .use{fill:var(--blue);fill-opacity:.25;stroke:var(--blue);stroke-width:1.5;stroke-linejoin:round}
    .limit{stroke:var(--bad);stroke-dasharray:6 4}
    footer{margin-top:2rem;font-size:.85rem}
    </style>
    </head>
    <body>

    """
}
