import CloudPages
import Testing

struct PageTests {
  private func html(_ blocks: [PageBlock]) -> String {
    String(decoding: Page(product: "Zoho CRM", title: "Contacts", blocks: blocks).html(), as: UTF8.self)
  }

  @Test func aPageHasOneMainHeadingALanguageAndAStyleSheetOfItsOwnHost() {
    let text = html([.text("Nobody yet.")])
    #expect(text.hasPrefix("<!doctype html>") && text.contains(#"<html lang="en">"#))
    #expect(text.contains("<h1>Contacts</h1>") && text.contains("<title>Contacts - Zoho CRM</title>"))
    #expect(text.contains(#"<link rel="stylesheet" href="/page.css">"#) && text.contains("<p>Nobody yet.</p>"))
  }

  @Test func markupInAnyTextIsInert() {
    let bad = #"<script>alert("x")</script>'"#
    let form = PageForm(
      id: "f", action: bad, hidden: [.init(bad, bad)],
      fields: [
        PageField("a", bad, value: bad, hint: bad, error: bad), PageField("b", bad, .multiline, value: bad),
        PageField("c", bad, .choice([PageOption(bad, bad)])), PageField("d", bad, .checkbox(isOn: true), value: bad),
      ], buttons: [PageButton(bad, sending: .init(bad, bad))])
    let table = PageTable(
      id: "t", caption: bad, columns: [PageColumn(bad, target: bad, order: .ascending)],
      rows: [[.text(bad)], [.link(PageLink(bad, bad))], [.button(form)], [.badge(bad, .error)]],
      folds: [
        0: PageFold(
          bad, PageTable(id: "u", caption: bad, columns: [PageColumn(bad)], rows: [[.text(bad)]], emptyText: bad))
      ],
      totals: [.text(bad)], emptyText: bad)
    var page = Page(product: bad, title: bad, session: .init(name: bad, signOutAction: bad, token: bad))
    page.navigation = [PageLink(bad, bad)]
    page.workspace = PageLink(bad, bad)
    page.breadcrumbs = [PageLink(bad, bad)]
    page.notices = [PageNotice(.error, bad)]
    page.blocks = [
      .actions([PageLink(bad, bad)]), .cards([PageCard(PageLink(bad, bad), bad)]),
      .pager(PagePager(bad, previous: bad, next: bad)),
      .section(id: "s", title: bad, [.text(bad), .form(form)]), .links([PageLink(bad, bad)]),
      .list([bad], numbered: true), .list([bad], numbered: false), .facts([PageFact(id: "x", bad, bad, target: bad)]),
      .code(id: "k", label: bad, text: bad), .table(table), .picture(PagePicture(bad, text: bad)),
      .columns([[.text(bad)], [.text(bad)]]), .live(id: "l", source: bad, [.text(bad)]),
      .screen(label: bad, lines: [bad]),
    ]
    let text = String(decoding: page.html(), as: UTF8.self)
    #expect(!text.contains("<script") && text.contains("&lt;script&gt;"))
    // A quotation mark that got through would end an attribute.
    #expect(!text.contains(#"alert("x")"#))
  }

  @Test func sectionsNestAndKeepTheirOwnBlocks() {
    let text = html([
      .section(id: "a", title: "A", [.text("one"), .section(id: "b", title: "B", [.text("two")])]), .text("three"),
    ])
    for wanted in ["<p>one</p>", "<p>two</p>", "<p>three</p>"] {
      #expect(text.ranges(of: wanted).count == 1)
    }
  }

  @Test func anEmptyTableSaysSo() {
    let table = PageTable(id: "t", caption: "Calls", columns: ["Subject"], rows: [], emptyText: "No calls today.")
    let text = html([.table(table)])
    #expect(text.contains(#"<p id="t" class="empty">No calls today.</p>"#) && !text.contains("<table"))
  }

  @Test func everyFieldHasItsLabel() {
    let fields = [
      PageField("mail", "Email", .email, value: "a@example.com", isRequired: true, hint: "Your address"),
      PageField("word", "Password", .password), PageField("note", "Note", .multiline, value: "x"),
      PageField("two", "Use it", .checkbox(isOn: true), value: "yes"),
      PageField(
        "time", "Time", .choice([PageOption("3", "3 minutes"), PageOption("10", "10 minutes", isChosen: true)])),
    ]
    let text = html([.form(PageForm(id: "f", action: "/x", fields: fields, buttons: [PageButton("Save")]))])
    #expect(text.contains(#"<label for="mail">Email</label>"#) && text.contains(#"aria-describedby="mail-hint""#))
    #expect(text.contains(#"<input type="email" id="mail" name="mail" value="a@example.com" required"#))
    #expect(text.contains(#"value="yes" checked> Use it</label>"#))
    #expect(text.contains(#"<option value="10" selected>10 minutes</option>"#))
    #expect(text.contains(#"<button type="submit">Save</button>"#))
  }

  @Test func theSamePageGivesTheSameBytes() {
    let page = Page(product: "p", title: "t", blocks: [.facts([PageFact(id: "a", "n", "")])])
    #expect(page.html() == page.html() && String(decoding: page.html(), as: UTF8.self).contains("–"))
  }

  @Test func linksToWhatCanBeDoneAndWhereToGoAreLists() {
    let text = html([
      .actions([PageLink("Create", "/create")]), .cards([PageCard(PageLink("Users", "/users"), "Who works here.")]),
    ])
    #expect(text.contains(#"<ul class="actions"><li><a href="/create">Create</a></li></ul>"#))
    #expect(text.contains(#"<a href="/users">Users</a><p>Who works here.</p>"#))
  }

  @Test func aPagerLeadsOnlyWhereThereIsSomething() {
    let middle = html([.pager(PagePager("21 to 40 of 57", previous: "?page=1", next: "?page=3"))])
    #expect(middle.contains(#"<nav class="pager" aria-label="Pages"><span>21 to 40 of 57</span>"#))
    #expect(middle.contains(#"<a href="?page=1" rel="prev">Previous page</a>"#))
    #expect(middle.contains(#"<a href="?page=3" rel="next">Next page</a>"#))
    let only = html([.pager(PagePager("1 to 3 of 3", previous: nil, next: nil))])
    #expect(!only.contains("Previous") && !only.contains("Next"))
  }

  @Test func aTableHasItsTotalsBelowAndItsStatesInWords() {
    let table = PageTable(
      id: "t", caption: "Calls", columns: ["Subject", "State"], rows: [[.text("a"), .badge("Missed", .error)]],
      totals: [.text("1 call"), .text("")], emptyText: "")
    let text = html([.table(table)])
    #expect(text.contains(#"<span class="badge error">Missed</span>"#))
    #expect(text.contains(/<tfoot[^>]*><tr[^>]*><td[^>]*>1 call<\/td><td[^>]*><\/td><\/tr><\/tfoot>/))
  }

  @Test func whatIsWrongWithAFieldIsReadOutWithItAndItsHint() {
    let fields = [
      PageField("a", "A", value: "x", hint: "Digits.", error: "No digits."), PageField("b", "B", error: "Missing."),
      PageField("c", "C", .choice([PageOption("1", "One")]), hint: "One of these."),
      PageField("d", "D", .multiline, error: "Too long."), PageField("e", "E"),
    ]
    let text = html([.form(PageForm(id: "f", action: "/x", fields: fields, buttons: [PageButton("Save")]))])
    #expect(text.contains(#"value="x" aria-invalid="true" aria-describedby="a-error a-hint">"#))
    #expect(text.contains(#"name="b" value="" aria-invalid="true" aria-describedby="b-error">"#))
    #expect(text.contains(#"<select id="c" name="c" aria-describedby="c-hint">"#))
    #expect(text.contains(#"rows="4" aria-invalid="true" aria-describedby="d-error">"#))
    #expect(text.contains(#"name="e" value="">"#) && text.contains(#"<div id="a-error">"#))
  }

  @Test func timesAreEnteredToTheSecond() {
    let fields = [PageField("at", "At", .localTime, value: "2027-01-15T09:30:05"), PageField("on", "On", .date)]
    let text = html([.form(PageForm(id: "f", action: "/x", fields: fields, buttons: [PageButton("Save")]))])
    #expect(text.contains(#"<input type="datetime-local" id="at" name="at" value="2027-01-15T09:30:05" step="1">"#))
    #expect(text.contains(#"<input type="date" id="on" name="on" value="">"#))
  }

  @Test(arguments: PageForm.Layout.allCases)
  func aFormIsTheSameInEveryLayout(layout: PageForm.Layout) {
    let form = PageForm(
      id: "f", action: "/x", fields: [PageField("a", "A")], buttons: [PageButton("Save")], layout: layout)
    let text = html([.form(form)])
    #expect(text.contains(#"<form id="f" action="/x" method="post">"#))
    #expect(text.contains(#"<div class="\#(layout.rawValue)"><form"#) == (layout != .stacked))
  }

  @Test func thePlaceOfAPageIsAboveItsHeading() {
    var page = Page(product: "Zoho CRM", title: "Users")
    #expect(!String(decoding: page.html(), as: UTF8.self).contains("Breadcrumbs"))
    page.workspace = PageLink("First Ltd", "/organizations")
    page.breadcrumbs = [PageLink("Setup", "/settings")]
    let text = String(decoding: page.html(), as: UTF8.self)
    #expect(text.contains(#"<a id="workspace" href="/organizations">First Ltd</a>"#))
    #expect(text.contains(#"aria-label="Breadcrumbs"><ol>"#) && text.contains(#"<a href="/settings">Setup</a>"#))
    #expect(text.contains(##"<a class="skip" href="#main">"##) && text.contains(#"<main id="main" tabindex="-1">"#))
  }

  @Test func aFoldIsBelowItsRowAndOpensWithoutAnyScript() {
    let legs = PageTable(id: "legs", caption: "Legs", columns: ["Leg"], rows: [[.text("one")]], emptyText: "")
    let table = PageTable(
      id: "t", caption: "Calls", columns: ["A", "B"], rows: [[.text("x"), .text("y")], [.text("z"), .text("w")]],
      folds: [1: PageFold("1 leg", legs)], emptyText: "")
    let text = html([.table(table)])
    #expect(text.ranges(of: "<details>").count == 1)
    #expect(text.contains(/>w<\/td><\/tr>\s*<tr[^>]* class="fold"><td[^>]* colspan="2"><details><summary>1 leg</))
    #expect(text.contains(#"<td role="cell" data-column="B">w</td>"#))
    #expect(text.contains(#"<td role="cell" data-column="Leg">one</td>"#))
  }

  @Test(arguments: [
    ("\u{202e}1001", "\u{fffd}1001"), ("a\u{0}b\u{1b}[31m", "a\u{fffd}b\u{fffd}[31m"),
    ("\u{2066}x\u{2069}", "\u{fffd}x\u{fffd}"),
    ("Zoë 山田", "Zoë 山田"), ("שלום", "שלום"), ("two\nlines", "two\nlines"),
  ])
  func whatWouldTurnTheTextAroundItIsMarked(text: String, shown: String) {
    let page = html([.text(text), .facts([PageFact(id: "f", "Name", text)])])
    #expect(page.contains("<p>\(shown)</p>") && page.contains(">\(shown)</dd>"))
  }

  @Test func whatIsLiveNamesWhereItComesFromAndWorksWithoutAScript() {
    var page = Page(product: "UCM", title: "Calls", blocks: [.live(id: "l", source: "/l", [.text("now")])])
    page.refreshSeconds = 5
    let text = String(decoding: page.html(), as: UTF8.self)
    #expect(text.contains(#"<div id="l" data-source="/l" aria-live="polite">"#))
    #expect(text.contains(#"<noscript><meta http-equiv="refresh" content="5"></noscript>"#))
    #expect(String(decoding: Page.fragment([.text("now")]), as: UTF8.self).contains("<p>now</p>"))
    #expect(!html([.text("still")]).contains("refresh"))
  }
}
