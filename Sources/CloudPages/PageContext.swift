// What the templates see. A name that a block lacks would be looked for in what surrounds the block, so every
// dictionary says all of its own.

extension Page {
  var context: [String: Any] {
    var context: [String: Any] = [
      "product": product, "pageTitle": title, "style": PageStyle.path,
      "navigation": navigation.map(\.context), "hasNavigation": !navigation.isEmpty,
      "breadcrumbs": breadcrumbs.map(\.context), "hasBreadcrumbs": !breadcrumbs.isEmpty,
      "notices": notices.map {
        ["kind": $0.kind.rawValue, "noticeText": $0.text.shown, "isError": $0.kind == .error] as [String: Any]
      },
      "blocks": blocks.map(\.context), "footer": footer, "script": script ?? "", "hasScript": script != nil,
      "refresh": refreshSeconds.map(String.init) ?? "", "refreshes": refreshSeconds != nil,
    ]
    if let workspace {
      context["workspace"] = ["workspaceText": workspace.text, "workspaceTarget": workspace.target]
    }
    if let session {
      context["session"] = [
        "sessionName": session.name, "signOutAction": session.signOutAction, "token": session.token,
      ]
    }
    return context
  }
}

extension PageLink {
  var context: [String: Any] { ["linkText": text.shown, "target": target, "isCurrent": isCurrent] }
}

extension PageBlock {
  /// One key, the block's kind, with what its template needs; partials recurse through `section`.
  var context: [String: Any] {
    var kinds: [String: Any] = [
      "section": false, "paragraph": false, "links": false, "steps": false, "bullets": false, "facts": false,
      "code": false, "table": false, "form": false, "actions": false, "cards": false, "pager": false,
      "picture": false, "columns": false, "live": false, "screen": false,
    ]
    switch self {
    case .section(let id, let title, let blocks):
      kinds["section"] = ["sectionID": id, "sectionTitle": title, "blocks": blocks.map(\.context)] as [String: Any]
    case .text(let text): kinds["paragraph"] = ["paragraphText": text.shown]
    case .links(let links): kinds["links"] = ["items": links.map(\.context)]
    case .actions(let links): kinds["actions"] = ["items": links.map(\.context)]
    case .cards(let cards): kinds["cards"] = ["items": cards.map { ["card": $0.link.context, "cardText": $0.text] }]
    case .pager(let pager): kinds["pager"] = pager.context
    case .list(let items, let numbered): kinds[numbered ? "steps" : "bullets"] = ["items": items.map(\.shown)]
    case .facts(let facts):
      kinds["facts"] = ["items": facts.map(\.context)]
    case .code(let id, let label, let text): kinds["code"] = ["codeID": id, "label": label, "codeText": text]
    case .table(let table): kinds["table"] = table.context
    case .form(let form): kinds["form"] = form.context
    case .picture(let picture): kinds["picture"] = ["pictureSource": picture.source, "pictureText": picture.text]
    case .columns(let columns): kinds["columns"] = ["items": columns.map { ["blocks": $0.map(\.context)] }]
    case .screen(let label, let lines):
      kinds["screen"] = ["screenLabel": label.shown, "items": lines.map(\.shown)] as [String: Any]
    case .live(let id, let source, let blocks):
      kinds["live"] = ["liveID": id, "liveSource": source, "blocks": blocks.map(\.context)] as [String: Any]
    }
    return kinds
  }
}

extension PageFact {
  fileprivate var context: [String: Any] {
    [
      "factID": id, "name": name, "value": value.isEmpty ? "–" : value.shown, "target": target ?? "",
      "hasTarget": target != nil,
    ]
  }
}

extension PageTable {
  fileprivate var context: [String: Any] {
    [
      "tableID": id, "caption": caption, "columns": columns.map(\.context), "hasRows": !rows.isEmpty,
      "emptyText": emptyText, "rows": rows.indices.map(row), "hasTotals": !totals.isEmpty,
      "totals": totals.map { $0.context(under: "") }, "columnCount": String(columns.count),
    ]
  }

  private func row(_ place: Int) -> [String: Any] {
    let names = columns.map(\.text) + Array(repeating: "", count: max(0, rows[place].count - columns.count))
    var context: [String: Any] = ["cells": zip(rows[place], names).map { $0.context(under: $1) }, "fold": false]
    if let fold = folds[place] {
      let names: [String: Any] = ["foldSummary": fold.summary, "foldColumns": String(columns.count)]
      context["fold"] = names.merging(fold.table.context) { $1 }
    }
    return context
  }
}

extension PageColumn {
  fileprivate var context: [String: Any] {
    [
      "columnText": text, "columnTarget": target ?? "", "hasColumnTarget": target != nil,
      "columnOrder": order?.rawValue ?? "", "hasColumnOrder": order != nil,
    ]
  }
}

extension PageCell {
  /// - Parameter column: what the cell's column holds, said in front of it where there is no room for a table.
  fileprivate func context(under column: String) -> [String: Any] {
    context.merging(["columnName": column]) { $1 }
  }

  private var context: [String: Any] {
    switch self {
    case .text(let text): Self.context(text: text.shown)
    case .link(let link): Self.context(link: link.context)
    case .button(let form): Self.context(button: form.context)
    case .badge(let text, let kind): Self.context(badge: ["badgeText": text.shown, "badgeKind": kind.rawValue])
    case .moment(let text): Self.context(moment: ["parts": text.split(separator: " ").map { String($0).shown }])
    case .elapsed(let elapsed):
      Self.context(elapsed: [
        "elapsedText": elapsed.text, "elapsedSeconds": String(elapsed.seconds), "elapsedRate": String(elapsed.rate),
      ])
    }
  }
}

extension PageCell {
  fileprivate static func context(
    text: String = "", link: Any = false, button: Any = false, badge: Any = false, moment: Any = false,
    elapsed: Any = false
  ) -> [String: Any] {
    ["cellText": text, "link": link, "button": button, "badge": badge, "moment": moment, "elapsed": elapsed]
  }
}

extension PagePager {
  fileprivate var context: [String: Any] {
    [
      "pagerText": text, "hasPrevious": previous != nil, "previous": previous ?? "", "hasNext": next != nil,
      "next": next ?? "",
    ]
  }
}

extension PageForm {
  fileprivate var context: [String: Any] {
    [
      "formID": id, "action": action, "method": method.rawValue, "layout": layout.rawValue,
      "isWrapped": layout != .stacked,
      "hidden": hidden.map { ["hiddenName": $0.name, "hiddenValue": $0.value] },
      "fields": fields.map(\.context),
      "buttons": buttons.map {
        [
          "buttonLabel": $0.label, "hasParameter": $0.parameter != nil, "parameterName": $0.parameter?.name ?? "",
          "parameterValue": $0.parameter?.value ?? "",
        ] as [String: Any]
      },
    ]
  }
}

extension PageField {
  fileprivate var context: [String: Any] {
    var context: [String: Any] = [
      "fieldName": name, "label": label, "fieldValue": value, "isRequired": isRequired, "hint": hint,
      "placeholder": placeholder, "hasPlaceholder": !placeholder.isEmpty, "hasHint": !hint.isEmpty, "error": error,
      "hasError": !error.isEmpty, "input": false, "multiline": false,
      "isExact": kind == .localTime, "limit": limit.map(String.init) ?? "", "hasLimit": limit != nil,
      "checkbox": false, "choice": false,
    ]
    switch kind {
    case .text: context["input"] = ["type": "text"]
    case .email: context["input"] = ["type": "email"]
    case .password: context["input"] = ["type": "password"]
    case .url: context["input"] = ["type": "url"]
    case .telephone: context["input"] = ["type": "tel"]
    case .number: context["input"] = ["type": "number"]
    case .date: context["input"] = ["type": "date"]
    case .localTime: context["input"] = ["type": "datetime-local"]
    case .multiline: context["multiline"] = true
    case .checkbox(let isOn): context["checkbox"] = ["isOn": isOn]
    case .choice(let options):
      context["choice"] = [
        "options": options.map {
          ["optionValue": $0.value, "optionLabel": $0.label, "isChosen": $0.isChosen] as [String: Any]
        }
      ]
    }
    return context
  }
}
