import Mustache

/// The templates of every page. They are part of the program: rendering reads no file.
enum PageTemplates {
  static func render(_ context: [String: Any], template: String = "page") -> String {
    library?.render(context, withTemplate: template) ?? ""
  }

  /// nil only where a template does not parse, which a test rules out.
  static let library: MustacheLibrary? = {
    var templates: [String: MustacheTemplate] = [:]
    for (name, text) in texts {
      guard let template = try? MustacheTemplate(string: text) else { return nil }
      templates[name] = template
    }
    return MustacheLibrary(templates: templates)
  }()

  static let texts = [
    "page": page, "blocks": blocks, "form": form, "field": field, "described": described,
    "table": table, "cell": cell,
  ]

  private static let page = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{pageTitle}} - {{product}}</title>
    <link rel="stylesheet" href="{{style}}">
    {{#hasScript}}<script src="{{script}}" defer></script>
    {{/hasScript}}
    {{#refreshes}}<noscript><meta http-equiv="refresh" content="{{refresh}}"></noscript>
    {{/refreshes}}
    </head>
    <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header>
    <div class="bar"><p class="product">{{product}}</p>
    {{#workspace}}<p class="workspace"><a id="workspace" href="{{workspaceTarget}}">{{workspaceText}}</a></p>
    {{/workspace}}
    {{#session}}<form class="session" method="post" action="{{signOutAction}}"><input type="hidden" name="csrf" \
    value="{{token}}"><span id="signed-in-as">{{sessionName}}</span> <button type="submit" id="sign-out">Sign \
    out</button></form>
    {{/session}}
    </div>
    {{#hasNavigation}}<nav aria-label="{{product}}"><ul>
    {{#navigation}}<li><a href="{{target}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{linkText}}</a></li>
    {{/navigation}}</ul></nav>
    {{/hasNavigation}}
    </header>
    {{#hasBreadcrumbs}}<nav class="breadcrumbs" aria-label="Breadcrumbs"><ol>
    {{#breadcrumbs}}<li><a href="{{target}}">{{linkText}}</a></li>
    {{/breadcrumbs}}</ol></nav>
    {{/hasBreadcrumbs}}
    <main id="main" tabindex="-1">
    <h1>{{pageTitle}}</h1>
    {{#notices}}<p class="notice {{kind}}" \
    role="{{#isError}}alert{{/isError}}{{^isError}}status{{/isError}}">{{noticeText}}</p>
    {{/notices}}
    {{> blocks}}
    </main>
    <footer><p>{{footer}}</p></footer>
    </body>
    </html>

    """

  private static let blocks = """
    {{#blocks}}
    {{#section}}<section id="{{sectionID}}"><h2>{{sectionTitle}}</h2>
    {{> blocks}}</section>
    {{/section}}
    {{#paragraph}}<p>{{paragraphText}}</p>
    {{/paragraph}}
    {{#links}}<ul class="links">{{#items}}<li><a href="{{target}}"{{#isCurrent}} \
    aria-current="page"{{/isCurrent}}>{{linkText}}</a></li>{{/items}}</ul>
    {{/links}}
    {{#actions}}<ul class="actions">{{#items}}<li><a href="{{target}}">{{linkText}}</a></li>{{/items}}</ul>
    {{/actions}}
    {{#cards}}<ul class="cards">{{#items}}<li>{{#card}}<a href="{{target}}">{{linkText}}</a>{{/card}}\
    <p>{{cardText}}</p></li>
    {{/items}}</ul>
    {{/cards}}
    {{#pager}}<nav class="pager" aria-label="Pages"><span>{{pagerText}}</span>{{#hasPrevious}} <a \
    href="{{previous}}" rel="prev">Previous page</a>{{/hasPrevious}}{{#hasNext}} <a href="{{next}}" rel="next">Next \
    page</a>{{/hasNext}}</nav>
    {{/pager}}
    {{#steps}}<ol>{{#items}}<li>{{.}}</li>{{/items}}</ol>
    {{/steps}}
    {{#bullets}}<ul>{{#items}}<li>{{.}}</li>{{/items}}</ul>
    {{/bullets}}
    {{#facts}}<dl>{{#items}}<div><dt>{{name}}</dt><dd id="{{factID}}">{{#hasTarget}}<a \
    href="{{target}}">{{value}}</a>{{/hasTarget}}{{^hasTarget}}{{value}}{{/hasTarget}}</dd></div>{{/items}}</dl>
    {{/facts}}
    {{#code}}<div class="code"><p id="{{codeID}}-label">{{label}}</p><pre id="{{codeID}}" tabindex="0" \
    aria-labelledby="{{codeID}}-label">{{codeText}}</pre></div>
    {{/code}}
    {{#table}}{{> table}}{{/table}}
    {{#form}}{{> form}}{{/form}}
    {{#picture}}<div class="scroll" tabindex="0" role="region" aria-label="{{pictureText}}"><img class="picture" \
    src="{{pictureSource}}" alt="{{pictureText}}"></div>
    {{/picture}}
    {{#columns}}<div class="beside">{{#items}}<div>
    {{> blocks}}</div>{{/items}}</div>
    {{/columns}}
    {{#screen}}<div class="screen" role="group" aria-label="{{screenLabel}}">{{#items}}<p>{{.}}</p>{{/items}}</div>
    {{/screen}}
    {{#live}}<div id="{{liveID}}" data-source="{{liveSource}}" aria-live="polite">
    {{> blocks}}</div>
    {{/live}}
    {{/blocks}}

    """

  private static let form = """
    {{#isWrapped}}<div class="{{layout}}">{{/isWrapped}}<form id="{{formID}}" action="{{action}}" method="{{method}}">
    {{#hidden}}<input type="hidden" name="{{hiddenName}}" value="{{hiddenValue}}">
    {{/hidden}}
    {{#fields}}{{> field}}{{/fields}}
    <p class="buttons">{{#buttons}}<button type="submit"{{#hasParameter}} name="{{parameterName}}" \
    value="{{parameterValue}}"{{/hasParameter}}>{{buttonLabel}}</button> {{/buttons}}</p>
    </form>{{#isWrapped}}</div>{{/isWrapped}}

    """

  private static let field = """
    <div class="field{{#multiline}} wide{{/multiline}}{{#isRequired}} mandatory{{/isRequired}}">
    {{#checkbox}}<label><input type="checkbox" id="{{fieldName}}" name="{{fieldName}}" \
    value="{{fieldValue}}"{{#isOn}} checked{{/isOn}}> {{label}}</label>{{/checkbox}}
    {{^checkbox}}<label for="{{fieldName}}">{{label}}</label>{{/checkbox}}
    {{#input}}<input type="{{type}}" id="{{fieldName}}" name="{{fieldName}}" \
    value="{{fieldValue}}"{{#hasPlaceholder}} placeholder="{{placeholder}}"{{/hasPlaceholder}}{{#isExact}} \
    step="1"{{/isExact}}{{#hasLimit}} \
    maxlength="{{limit}}"{{/hasLimit}}{{#isRequired}} required{{/isRequired}}{{> described}}>{{/input}}
    {{#multiline}}<textarea id="{{fieldName}}" name="{{fieldName}}" rows="4"{{#isRequired}} \
    required{{/isRequired}}{{> described}}>{{fieldValue}}</textarea>{{/multiline}}
    {{#choice}}<select id="{{fieldName}}" name="{{fieldName}}"{{> described}}>{{#options}}<option \
    value="{{optionValue}}"{{#isChosen}} \
    selected{{/isChosen}}>{{optionLabel}}</option>{{/options}}</select>{{/choice}}
    {{#hasHint}}<p class="hint" id="{{fieldName}}-hint">{{hint}}</p>{{/hasHint}}
    {{#hasError}}<div id="{{fieldName}}-error"><p class="error" role="alert">{{error}}</p></div>{{/hasError}}
    </div>

    """

  /// What says more of a field, read out with it.
  private static let described =
    "{{#hasError}} aria-invalid=\"true\" aria-describedby=\"{{fieldName}}-error"
    + "{{#hasHint}} {{fieldName}}-hint{{/hasHint}}\"{{/hasError}}"
    + "{{^hasError}}{{#hasHint}} aria-describedby=\"{{fieldName}}-hint\"{{/hasHint}}{{/hasError}}"

  // Roles are said, because a table that is laid out as cards is none to some browsers.
  private static let table = """
    {{#hasRows}}<div class="scroll" tabindex="0" role="region" aria-label="{{caption}}"><table role="table" \
    id="{{tableID}}"><caption>{{caption}}</caption>
    <thead role="rowgroup"><tr role="row">{{#columns}}<th scope="col" role="columnheader"{{#hasColumnOrder}} \
    aria-sort="{{columnOrder}}"{{/hasColumnOrder}}>{{#hasColumnTarget}}<a \
    href="{{columnTarget}}">{{columnText}}</a>{{/hasColumnTarget}}\
    {{^hasColumnTarget}}{{columnText}}{{/hasColumnTarget}}</th>{{/columns}}</tr></thead>
    <tbody role="rowgroup">{{#rows}}<tr role="row">{{#cells}}<td role="cell" \
    data-column="{{columnName}}">{{> cell}}</td>{{/cells}}</tr>
    {{#fold}}<tr role="row" class="fold"><td role="cell" \
    colspan="{{foldColumns}}"><details><summary>{{foldSummary}}</summary>
    {{> table}}</details></td></tr>
    {{/fold}}{{/rows}}</tbody>
    {{#hasTotals}}<tfoot role="rowgroup"><tr role="row">{{#totals}}<td \
    role="cell">{{> cell}}</td>{{/totals}}</tr></tfoot>
    {{/hasTotals}}</table></div>
    {{/hasRows}}
    {{^hasRows}}<p id="{{tableID}}" class="empty">{{emptyText}}</p>
    {{/hasRows}}

    """

  private static let cell =
    "{{#link}}<a href=\"{{target}}\">{{linkText}}</a>{{/link}}{{#button}}{{> form}}{{/button}}"
    + "{{#badge}}<span class=\"badge {{badgeKind}}\">{{badgeText}}</span>{{/badge}}"
    + "{{#moment}}<time class=\"moment\">{{#parts}}<span>{{.}}</span> {{/parts}}</time>{{/moment}}"
    + "{{#elapsed}}<time class=\"elapsed\" data-seconds=\"{{elapsedSeconds}}\" "
    + "data-rate=\"{{elapsedRate}}\">{{elapsedText}}</time>{{/elapsed}}{{cellText}}"
}
