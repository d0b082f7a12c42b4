import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What the window's Markdown may become, read from the renderer's own source: every element that its JSX can make. */

const SOURCES = ['markdown', 'inline'].map((name) => `desktop/renderer/features/text/${name}.tsx`);

/** By element: its attributes, each with the values it may have; null where the document decides. */
export type Allowed = Readonly<Record<string, Readonly<Record<string, readonly string[] | null>>>>;

/** As React writes them. */
const ATTRIBUTES: Readonly<Record<string, string>> = { className: 'class', tabIndex: 'tabindex' };
/** An element or an attribute that leads, loads, runs or names would be no allow-list worth checking against. */
const NEVER =
  /^(a|area|audio|base|button|embed|form|frame|iframe|img|input|link|math|meta|noscript|object|picture|script|source|style|svg|template|track|video|href|src|srcset|srcdoc|style|id|name|is|slot|action|formaction|data|poster|ping|on.*|xlink.*)$/;

export function readAllowed(): Allowed {
  const allowed: Record<string, Record<string, string[] | null>> = {};
  for (const path of SOURCES) {
    const source = ts.createSourceFile(
      path,
      readFileSync(path, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node))
        for (const tag of tagsOf(node.tagName, source)) add(allowed, tag, node.attributes);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  for (const [tag, attributes] of Object.entries(allowed))
    for (const name of [tag, ...Object.keys(attributes)])
      if (NEVER.test(name)) throw new Error(`the renderer's own list has ${tag} with ${name}`);
  return allowed;
}

/** `<p>` is one; `<Cell>` is each of the strings that a constant of that name may be; a component is none. */
function tagsOf(name: ts.JsxTagNameExpression, source: ts.SourceFile): readonly string[] {
  const text = name.getText();
  if (/^[a-z]/.test(text)) return [text];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === text && node.initializer) {
      const initializer = node.initializer;
      if (ts.isConditionalExpression(initializer))
        for (const one of [initializer.whenTrue, initializer.whenFalse])
          if (ts.isStringLiteral(one)) found.push(one.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function add(
  allowed: Record<string, Record<string, string[] | null>>,
  tag: string,
  attributes: ts.JsxAttributes,
): void {
  allowed[tag] ??= {};
  const known = allowed[tag];
  for (const one of attributes.properties) {
    // What is spread could be anything.
    if (!ts.isJsxAttribute(one)) throw new Error(`<${tag}> spreads ${one.getText()}`);
    const name = one.name.getText();
    if (name === 'key') continue;
    const written = ATTRIBUTES[name] ?? name;
    const value = literalOf(one.initializer);
    if (value === null || known[written] === null) known[written] = null;
    else known[written] = [...(known[written] ?? []), value];
  }
}

function literalOf(initializer: ts.JsxAttributeValue | undefined): string | null {
  if (initializer && ts.isStringLiteral(initializer)) return initializer.text;
  const expression = initializer && ts.isJsxExpression(initializer) ? initializer.expression : undefined;
  return expression && ts.isNumericLiteral(expression) ? expression.text : null;
}
