import type { Atoms } from './atoms.ts';

/** Kinds of hostile documents. Each makes one of many: what is drawn by lot comes from the atoms. */
export type Make = (atoms: Atoms) => string;

const many = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('');
const between = (atoms: Atoms, least: number, most: number) => least + atoms.random.below(most - least + 1);

export const CLASSES: Readonly<Record<string, Make>> = {
  'raw HTML block': (a) => `<div ${a.handler()}>\n\n**${a.mark()}**\n\n<b ${a.handler()}>x</b></div>`,
  'HTML in a line': (a) => `Before <img src=x ${a.handler()}> between <b ${a.handler()}>bold</b> after.`,
  script: (a) =>
    a.random.pick([
      `<script>${a.run()}</script>`,
      `<script src="${a.url()}"></script>`,
      `<scr<script>ipt>${a.run()}</script>`,
      `<script type=module>import '${a.url()}'</script>`,
      `<script type="importmap">{"imports":{"x":"${a.url()}"}}</script>`,
      `</p><script/x>${a.run()}</script\t\n>`,
    ]),
  'event handler': (a) =>
    `<${a.random.pick(['details open', 'input autofocus', 'marquee', 'body', 'video', 'x contenteditable', 'select autofocus'])} ${a.handler()} ${a.handler()}>${a.mark()}`,
  svg: (a) =>
    a.random.pick([
      `<svg ${a.handler()}><circle r=9 /></svg>`,
      `<svg><script href="${a.running()}"/></svg>`,
      `<svg><script>${a.run()}</script></svg>`,
      `<svg><use href="data:image/svg+xml,<svg id=x ${a.handler()}/>#x"/></svg>`,
      `<svg><animate attributeName=href values="${a.running()}" /><a id=x><text>${a.mark()}</text></a></svg>`,
      `<svg><image href="${a.url()}"/><feImage href="${a.url()}"/></svg>`,
      `<svg><foreignObject><iframe srcdoc="<script>${a.run()}</script>"/></foreignObject></svg>`,
    ]),
  math: (a) =>
    a.random.pick([
      `<math><maction actiontype="statusline#${a.url()}" xlink:href="${a.running()}">${a.mark()}</maction></math>`,
      `<math><mtext><table><mglyph><style><img src=x ${a.handler()}></style></mglyph></table></mtext></math>`,
      `<math href="${a.running()}">CLICK ${a.mark()}</math>`,
    ]),
  iframe: (a) =>
    a.random.pick([
      `<iframe src="${a.url()}"></iframe>`,
      `<iframe srcdoc="<script>${a.run()}</script>"></iframe>`,
      `<iframe src="${a.running()}" ${a.handler()}>`,
      `<frameset><frame src="${a.url()}"></frameset>`,
      `<fencedframe></fencedframe><portal src="${a.url()}"></portal>`,
    ]),
  'link that runs': (a) => `[${a.mark()}](${a.running()}) and [again](<${a.running()}> "${a.mark()}")`,
  'link with a disguised scheme': (a) => `[${a.mark()}](${a.disguised()}) and <${a.disguised()}>`,
  'remote image': (a) => `![${a.mark()}](${a.url()}) ![](<${a.url()}> '${a.mark()}') ![x](${a.running()})`,
  'reference link': (a) => {
    const name = a.random.pick([
      '1',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'ſtraße',
      a.mark(),
    ]);
    return `[${a.mark()}][${name}] ![${a.mark()}][${name}] [${name}]\n\n[${name}]: ${a.random.pick([a.running(), a.url(), a.disguised()])} "${a.mark()}"\n[${name}]: ${a.url()}`;
  },
  autolink: (a) =>
    `<${a.running()}> ${a.url()} www.example.com/${a.mark()} <mailto:${a.mark()}@example.com?subject=${a.run()}> ${a.mark()}@example.com xmpp:${a.mark()}@example.com/x`,
  'construct in a construct': (a) =>
    a.random.pick([
      `[![${a.mark()}](${a.url()})](${a.running()})`,
      `[a [b](${a.running()}) c](${a.url()})`,
      `**[*~~<img ${a.handler()}>~~*](${a.disguised()})**`,
      `> 1. - [ ] > # [${a.mark()}](${a.running()})\n> > ![x](${a.url()})`,
      `[<img src="](x)" ${a.handler()}>](${a.running()})`,
      `![\`<b>\`<i ${a.handler()}>](${a.url()})`,
    ]),
  'mutation on parsing again': (a) =>
    a.random.pick([
      `<noscript><p title="</noscript><img src=x ${a.handler().replaceAll('"', "'")}>">`,
      `<template><script>${a.run()}</script></template><template shadowrootmode=open><img src=x ${a.handler()}></template>`,
      `<svg></p><style><a id="</style><img src=x ${a.handler()}>">`,
      `<form><math><mtext></form><form><mglyph><style></math><img src=x ${a.handler()}>`,
      `<xmp><p title="</xmp><img src=x ${a.handler().replaceAll('"', "'")}>">`,
      `<textarea></textarea><img src=x ${a.handler()}><plaintext>${a.mark()}`,
      `<select><template><img src=x ${a.handler()}></template></select>`,
    ]),
  'style element': (a) =>
    `<style>@import '${a.url()}';* { background: url(${a.url()}); behavior: url(${a.url()}) } @font-face { font-family: x; src: url(${a.url()}) }</style>`,
  'style attribute': (a) =>
    `<p style="background:url('${a.url()}');position:fixed;inset:0;-moz-binding:url(${a.url()})" class="btn primary">${a.mark()}</p>`,
  'meta refresh': (a) => `<meta http-equiv=refresh content="0;url=${a.random.pick([a.url(), a.running()])}">`,
  base: (a) => `<base href="${a.url()}/"><a href="x">${a.mark()}</a>\n\n[relative](${a.mark()}/../../x)`,
  form: (a) =>
    `<form action="${a.random.pick([a.url(), a.running()])}" id=x><input name=q value=${a.mark()}><button formaction="${a.running()}">Sign</button></form><button form=x formaction="${a.url()}">`,
  'object and embed': (a) =>
    `<object data="${a.random.pick([a.url(), a.running()])}"></object><embed src="${a.running()}"><applet code="${a.url()}"></applet>`,
  'link element': (a) =>
    `<link rel="${a.random.pick(['stylesheet', 'prefetch', 'preload', 'preconnect', 'dns-prefetch', 'modulepreload', 'prerender', 'icon', 'manifest'])}" as=image href="${a.url()}">`,
  'sources of an image': (a) =>
    `<picture><source srcset="${a.url()} 1x, ${a.url()} 2x"><img srcset="${a.url()} 100w" sizes=1px src="${a.url()}" ${a.handler()}></picture>`,
  media: (a) =>
    `<video poster="${a.url()}" autoplay src="${a.url()}" ${a.handler()}><track default src="${a.url()}"></video><audio src=x ${a.handler()}><bgsound src="${a.url()}">`,
  'names that clobber': (a) =>
    `<form id=council name=ran><input name=call></form><img name=getElementById id=${a.random.pick(['root', 'council', '__proto__', 'documentElement', 'location'])}> <a id=defaultView href="${a.running()}">${a.mark()}</a>\n\n# council {#root}\n\n## getElementById ${a.mark()}`,
  'nesting without end': (a) => {
    const unit = a.random.pick([
      '> ',
      '- ',
      '1. ',
      '*',
      '**',
      '[',
      '![',
      '> - ',
      '~~',
      '<div>',
      '`',
      '((',
      '_*',
    ]);
    return `${unit.repeat(between(a, 20, 600))}${a.mark()} <img src=x ${a.handler()}>`;
  },
  'unicode tricks': (a) => {
    const odd = a.random.pick([
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
      '\u{e0041}',
      '\u0000',
      '\u2028',
      '\ud800',
      '\u0085',
      '\u00ad',
      '\uff1c',
    ]);
    return `${odd}<${odd}script${odd}>${a.run()}<${odd}/script>\n\n[x${odd}](java${odd}script:${a.run()}) ＜img src=x ${a.handler()}＞ ‹script›${a.mark()}`;
  },
  'large table': (a) => {
    const columns = between(a, 2, 12);
    const row = () =>
      `| ${many(columns + a.random.below(3), () => `<img src="${a.url()}" ${a.handler().replaceAll('\n', ' ')}> | `)}\n`;
    return `| ${many(columns, () => `${a.mark()} | `)}\n|${many(columns, () => ' :-: |')}\n${many(between(a, 1, 25), row)}`;
  },
  'code with an info string': (a) => {
    const fence = a.random.pick(['```', '~~~~', '``````']);
    return `${fence}${a.random.pick(['html', 'yaml', 'js', `{.${a.mark()} onload="${a.mark()}"}`, `"><script>${a.mark()}</script>`.replaceAll('`', '')])} ${a.mark()}\n<script>${a.run()}</script>\n${a.random.pick([fence, ''])}`;
  },
  'comment and declaration': (a) =>
    a.random.pick([
      `<!-- ${a.mark()} --><!--><img src=x ${a.handler()}>-->`,
      `<!--[if IE]><script>${a.run()}</script><![endif]-->`,
      `<![CDATA[<script>${a.run()}</script>]]>`,
      `<?xml-stylesheet href="${a.running()}"?>`,
      `<!DOCTYPE x [<!ENTITY e SYSTEM "${a.url()}">]>&e;`,
      `--!><img src=x ${a.handler()}><!-- ${a.mark()}`,
    ]),
  footnote: (a) => {
    const name = a.random.pick(['1', '__proto__', `x"${'onload=y'}`, a.mark()]);
    return `Text[^${name}] and[^${name}] and[^none]\n\n[^${name}]: <img src=x ${a.handler()}>\n    [${a.mark()}](${a.running()})\n\n[^${name}]: ${a.mark()}`;
  },
  'box of a task list': (a) =>
    `- [ ] <input type=checkbox ${a.handler()}>\n- [x] ![${a.mark()}](${a.url()})\n- [${a.mark()}] x`,
  'text that breaks out of an attribute': (a) =>
    `![" ${a.handler()} x="](${a.url()} "'><script>${a.run()}</script>") [x](https://example.com/"${a.handler().replaceAll(/\s/g, '')} "${a.mark()}\\" x")`,
  'custom element': (a) =>
    `<x-${a.mark()} is="y" ${a.handler()}></x-y><slot name=z ${a.handler()}>${a.mark()}</slot><dialog open ${a.handler()}>`,
  'template language': (a) =>
    `{{constructor.constructor("${a.run()}")()}} \${${a.run()}} <div ng-init="${a.run()}" v-html="'<img>'" x-init="${a.run()}"> {dangerouslySetInnerHTML={{__html:"${a.mark()}"}}} <%= ${a.mark()} %>`,
  'scheme of this computer': (a) =>
    `[x](file:///etc/passwd#${a.mark()}) [y](app://console/confirm.html?${a.mark()}) [z](solayer-council://sip/7?${a.mark()}) <blob:app://console/${a.mark()}> ![w](app://console/index.html?${a.mark()})`,
  'number out of range': (a) =>
    `${a.random.pick(['999999999', '000000000', '4294967296', '1'])}${a.random.pick(['.', ')'])} ${a.mark()}\n1. <ol start=-1 ${a.handler()}>\n\n###### ####### <h1 ${a.handler()}>${a.mark()}`,
  entities: (a) =>
    `&lt;script&gt;${a.run()}&lt;/script&gt; &#60;img src=x ${a.handler()}&#62; &#x3c;svg&sol;${a.handler()}&gt; &NotAnEntity; &#0; &#x110000; &amp;lt;b&amp;gt;${a.mark()}`,
  'header of a document': (a) =>
    `---\ntitle: <script>${a.run()}</script>\nlayout: "${a.url()}"\n__proto__: ${a.mark()}\n---\n\n# SIP\n\nTitle: <img src=x ${a.handler()}>`,
};
