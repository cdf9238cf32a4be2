/// How every page looks, in light and dark, down to a phone's width.
public enum PageStyle {
  /// Where pages look for it, on whatever host they are.
  public static let path = "/page.css"

  /// The style sheet.
  public static let text = """
    :root { color-scheme: light dark; --ink: #1c2430; --soft: #556070; --paper: #ffffff; --ground: #f3f5f8;
      --line: #cdd4de; --accent: #1f5fbf; --good: #1d6b3a; --bad: #a4262c; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #a9b4c2; --paper: #1b212a;
      --ground: #12161c; --line: #3b4654; --accent: #8ab8ff; --good: #7fd69b; --bad: #ff9aa0; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
    header, main, footer { max-width: 64rem; margin: 0 auto; padding: 0.75rem 1rem; }
    header { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; }
    .product { font-weight: 600; margin: 0; }
    nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; margin: 0; padding: 0; }
    .session { margin-left: auto; display: flex; gap: 0.5rem; align-items: center; }
    main { background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem; padding: 1rem 1.25rem; }
    h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.15rem; margin: 1.5rem 0 0.5rem; }
    a { color: var(--accent); } a[aria-current] { font-weight: 600; text-decoration: none; color: var(--ink); }
    .skip { position: absolute; left: -100rem; } .skip:focus { left: 0.5rem; top: 0.5rem; background: var(--paper); }
    .field { margin: 0 0 0.9rem; } label { display: block; font-weight: 600; }
    input, select, textarea, button { font: inherit; color: inherit; background: var(--paper);
      border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.4rem 0.6rem; max-width: 100%; }
    input:not([type=checkbox]), select, textarea { width: 28rem; }
    input[type=checkbox] { width: auto; } td form, .session { margin: 0; } td .buttons { margin: 0; }
    button { background: var(--accent); color: var(--paper); border-color: var(--accent); cursor: pointer; }
    td button, .session button { background: transparent; color: var(--accent); padding: 0.15rem 0.5rem; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .hint { color: var(--soft); margin: 0.15rem 0 0; } .error { color: var(--bad); margin: 0.15rem 0 0; }
    .notice { border-left: 4px solid var(--accent); padding: 0.4rem 0.75rem; background: var(--ground); }
    .notice.error { border-color: var(--bad); } .notice.success { border-color: var(--good); }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
    caption { text-align: left; color: var(--soft); padding-bottom: 0.3rem; }
    th, td { text-align: left; padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    dl > div { display: grid; grid-template-columns: 12rem 1fr; border-bottom: 1px solid var(--line); }
    dt { color: var(--soft); padding: 0.3rem 0; } dd { margin: 0; padding: 0.3rem 0; overflow-wrap: anywhere; }
    pre { background: var(--ground); border: 1px solid var(--line); border-radius: 0.3rem; padding: 0.6rem;
      overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
    .empty, footer { color: var(--soft); } footer { font-size: 0.85rem; }
    @media (max-width: 36rem) { dl > div { grid-template-columns: 1fr; } dt { padding-bottom: 0; }
      .session { margin-left: 0; } }

    """
}
