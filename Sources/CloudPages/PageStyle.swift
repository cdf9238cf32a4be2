/// How every page looks, in light and dark, down to a phone's width.
public enum PageStyle {
  /// Where pages look for it, on whatever host they are.
  public static let path = "/page.css"

  /// The style sheet.
  public static let text = colours + frame + texts + forms + tables + cards + narrow

  /// Every pair that meets has a contrast of 4.5 to 1 or better.
  private static let colours = """
    :root { color-scheme: light dark; --ink: #1c2430; --soft: #535e6d; --paper: #ffffff; --ground: #f1f4f8;
      --line: #cfd6e0; --control: #7b8798; --accent: #1d5bb8; --on-accent: #ffffff; --tint: #e8f0fc; --good: #17603a;
      --good-tint: #e3f4ea; --bad: #a4262c; --bad-tint: #fdeceb; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #aab5c3; --paper: #1a2029; --ground: #11151b;
      --line: #36414f; --control: #7d8a9b; --accent: #8fbcff; --on-accent: #0d1a2e; --tint: #1f2d42; --good: #86dba6;
      --good-tint: #16301f; --bad: #ffa3a8; --bad-tint: #3a1d20; } }

    """

  private static let frame = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    header { background: var(--paper); border-bottom: 1px solid var(--line); }
    .bar, header nav, .breadcrumbs, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
    .bar { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; padding-block: 0.6rem; }
    .product { font-weight: 700; margin: 0; }
    .workspace { margin: 0; padding-left: 1rem; border-left: 1px solid var(--line); }
    header nav ul { display: flex; flex-wrap: wrap; gap: 0 0.25rem; list-style: none; margin: 0 -0.7rem; padding: 0; }
    header nav a { display: block; padding: 0.4rem 0.7rem; text-decoration: none;
      border-bottom: 3px solid transparent; }
    header nav a:hover { border-color: var(--line); }
    header nav a[aria-current] { border-color: var(--accent); color: var(--ink); font-weight: 600; }
    .breadcrumbs ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0.75rem 0 0;
      padding: 0; font-size: 0.9rem; }
    .breadcrumbs li:not(:last-child)::after { content: "\\203a"; padding: 0 0.5rem; color: var(--soft); }
    .session { margin: 0 0 0 auto; display: flex; gap: 0.75rem; align-items: center; }
    #signed-in-as { color: var(--soft); overflow-wrap: anywhere; }
    main { background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem; margin-top: 1rem;
      padding: 1.25rem 1.5rem 1.5rem; }
    main:focus { outline: none; }
    footer { color: var(--soft); font-size: 0.85rem; }
    .skip { position: absolute; left: -100rem; padding: 0.5rem 1rem; z-index: 1; }
    .skip:focus { left: 0.5rem; top: 0.5rem; background: var(--paper); }
    @media (min-width: 74rem) { main { margin-inline: auto; } }

    """

  private static let texts = """
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 0.6rem; overflow-wrap: anywhere; }
    p { max-width: 44rem; } a { color: var(--accent); text-underline-offset: 0.15em; }
    main a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .notice { border-left: 4px solid var(--accent); background: var(--tint); padding: 0.6rem 0.9rem; max-width: none;
      border-radius: 0.2rem; margin: 0 0 1rem; }
    .notice.error { border-color: var(--bad); background: var(--bad-tint); }
    .notice.success { border-color: var(--good); background: var(--good-tint); }
    .badge { display: inline-block; padding: 0 0.5rem; border-radius: 0.7rem; font-size: 0.85rem; white-space: nowrap;
      background: var(--tint); color: var(--accent); }
    .badge.success { background: var(--good-tint); color: var(--good); }
    .badge.error { background: var(--bad-tint); color: var(--bad); }
    .links li { margin: 0.2rem 0; } .links { padding-left: 1.2rem; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.75rem;
      list-style: none; padding: 0; margin: 0.75rem 0; }
    .cards li { border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.7rem 0.9rem; }
    .cards a { font-weight: 600; } .cards p { margin: 0.2rem 0 0; color: var(--soft); font-size: 0.93rem; }
    dl { margin: 0.75rem 0; }
    dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1rem; border-bottom: 1px solid var(--line); }
    dt { color: var(--soft); padding: 0.35rem 0; }
    dd { margin: 0; padding: 0.35rem 0; overflow-wrap: anywhere; white-space: pre-line; }
    pre { background: var(--ground); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.6rem; margin: 0;
      overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; font: 0.95rem/1.5 ui-monospace, monospace; }
    .code { margin-bottom: 1.25rem; } .code p { margin: 0.75rem 0 0.25rem; font-weight: 600; }
    .empty { color: var(--soft); }
    .screen { max-width: 24rem; border: 2px solid var(--control); border-radius: 0.6rem; padding: 0.75rem 1rem;
      margin: 0 0 1rem; background: var(--tint); }
    .screen p { margin: 0.2rem 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
    .screen p:nth-child(2) { font-size: 1.4rem; font-weight: 600; }

    """

  private static let forms = """
    .field { margin: 0 0 0.9rem; } label { display: block; font-weight: 600; margin-bottom: 0.2rem; }
    label input[type=checkbox] { margin-right: 0.4rem; }
    .mandatory > label::after { content: " (required)"; color: var(--soft); font-weight: 400; font-size: 0.9rem; }
    input, select, textarea, button, .actions a { font: inherit; border-radius: 0.3rem; padding: 0.4rem 0.7rem;
      max-width: 100%; }
    input, select, textarea { color: inherit; background: var(--paper); border: 1px solid var(--control); }
    input:not([type=checkbox]), select, textarea { width: 28rem; }
    ::placeholder { color: var(--soft); opacity: 1; font-style: italic; }
    [aria-invalid] { border-color: var(--bad); border-width: 2px; }
    input[type=checkbox] { width: 1.1rem; height: 1.1rem; vertical-align: -0.15rem; }
    button, .actions a { background: var(--accent); color: var(--on-accent); border: 1px solid var(--accent);
      cursor: pointer; text-decoration: none; display: inline-block; }
    button:hover, .actions a:hover { filter: brightness(1.1); }
    button + button, td button, .session button, .actions li + li a { background: transparent; color: var(--accent); }
    form[id^=delete] button { background: transparent; color: var(--bad); border-color: var(--bad); }
    td button, .session button { padding: 0.1rem 0.6rem; }
    td form, td .buttons { margin: 0; } .buttons { margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: 0.6rem; }
    .hint { color: var(--soft); margin: 0.2rem 0 0; font-size: 0.93rem; }
    .field .error { color: var(--bad); margin: 0.2rem 0 0; font-weight: 600; }
    .line form { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: end; margin: 0 0 1rem; }
    .line .field, .line .buttons { margin: 0; }
    .line input:not([type=checkbox]), .line select { width: 16rem; }
    .actions { display: flex; flex-wrap: wrap; gap: 0.6rem; list-style: none; padding: 0; margin: 0 0 1rem; }
    @media (min-width: 52rem) {
      .columns form { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
      .columns .wide, .columns .buttons { grid-column: 1 / -1; }
      .columns input:not([type=checkbox]), .columns select, .columns textarea { width: 100%; } }
    .dense form { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0 1.25rem; }
    .dense .buttons { grid-column: 1 / -1; margin: 0 0 1rem; }
    .dense input:not([type=checkbox]), .dense select { width: 100%; }

    """

  private static let tables = """
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%;
      font-size: 0.96rem; }
    caption { text-align: left; color: var(--soft); padding-bottom: 0.3rem; }
    th, td { text-align: left; padding: 0.45rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    td { overflow-wrap: break-word; unicode-bidi: isolate; }
    @media (max-width: 74rem) { th, td { padding-inline: 0.4rem; } }
    th { font-size: 0.93rem; background: var(--ground); } th a { color: inherit; }
    th[aria-sort=ascending] a::after { content: " \\25b2" / ""; }
    th[aria-sort=descending] a::after { content: " \\25bc" / ""; }
    tbody tr:hover { background: var(--tint); } tfoot td { font-weight: 600; border-top: 2px solid var(--line); }
    .fold > td { padding-top: 0; } tr:has(+ .fold) > td { border-bottom: 0; }
    details summary { cursor: pointer; color: var(--accent); padding: 0.1rem 0; width: max-content; }
    .moment span { white-space: nowrap; }
    .picture { display: block; max-width: none; }
    .beside .buttons { margin-bottom: 1rem; }
    .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem; }
    .pager { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.75rem 0 0; }
    .pager span { color: var(--soft); }

    """

  /// Tables as cards, each cell behind the name of its column.
  private static let cards = """
    @media (max-width: 48rem) {
      table, tbody, tfoot, tr, td, caption { display: block; width: auto; }
      thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      tr { border: 1px solid var(--line); border-radius: 0.4rem; margin: 0 0 0.75rem; padding: 0.3rem 0; }
      td { border: 0; padding: 0.2rem 0.7rem; overflow-wrap: anywhere; }
      td[data-column]:not([data-column=""]) { display: grid; grid-template-columns: 8rem 1fr; gap: 0 0.6rem; }
      td[data-column]:not([data-column=""])::before { content: attr(data-column); color: var(--soft);
        font-size: 0.93rem; }
      td[data-column]:empty { display: none; } td > * { justify-self: start; }
      tr:has(+ .fold) { margin-bottom: 0; border-bottom: 0; border-radius: 0.4rem 0.4rem 0 0; }
      tr.fold { border-top: 0; border-radius: 0 0 0.4rem 0.4rem; } tr.fold tr { margin-top: 0.5rem; } }

    """

  private static let narrow = """
    @media (max-width: 40rem) {
      dl > div { grid-template-columns: 1fr; } dt { padding-bottom: 0; } dd { padding-top: 0; }
      .session { margin-left: 0; width: 100%; justify-content: space-between; }
      main { border-inline: 0; border-radius: 0; padding: 1rem; }
      input:not([type=checkbox]), select, textarea, .line input:not([type=checkbox]) { width: 100%; }
      .line .field { width: 100%; } }
    @media (prefers-reduced-motion: no-preference) { button, .actions a { transition: filter 0.1s; } }

    """
}
