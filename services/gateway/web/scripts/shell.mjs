/**
 * Puts a static shell into each page, so that something stands on the screen after the first answer, also on a slow
 * network; the first render replaces it. The color scheme's script would block painting, so it comes after the shell.
 * So would style sheets, but their order counts: they stay first in the head, and apply when the app starts
 * (`src/app/styleSheets.ts`).
 */
const STYLE = `
.boot{--b:#fff;--c:#f6f8f7;--l:#e2e7e4;--t:#19684a;position:fixed;inset:0;background:var(--c);font:660 1rem system-ui,sans-serif}
.boot b{display:block;box-sizing:border-box;height:52px;padding:16px 17px;color:var(--t);background:var(--b);border-bottom:1px solid var(--l);font-weight:660}
.boot i{position:absolute;left:0;top:53px;bottom:0;width:211px;background:var(--b);border-right:1px solid var(--l)}
.boot p{position:absolute;left:212px;right:0;top:53px;max-width:1320px;margin:0;padding:24px}
.boot u{display:block;height:26px;width:220px;margin-bottom:24px;border-radius:8px;background:var(--l)}
.boot u+u{height:240px;width:auto}
@media(max-width:62em){.boot i{display:none}.boot p{left:0}}
@media(prefers-color-scheme:dark){.boot{--b:#1a201e;--c:#131816;--l:#2d3532;--t:#7fcfac}}
@media print{.boot{display:none}}`.replaceAll('\n', '')

const SHELL =
  '<div class="boot" role="status" aria-label="Loading"><b>Evergreen</b><i></i><p><u></u><u></u></p></div>'
const SCHEME = /\s*(<script src="\/assets\/scheme[^"]*"><\/script>)/
const SHEET = /<link rel="stylesheet"/g

export function staticShell() {
  return {
    name: 'evergreen:shell',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path }) {
        if (path.includes('docs')) return html
        const [tag, script] = SCHEME.exec(html) ?? ['', '']
        return html
          .replace(tag, '')
          .replaceAll(SHEET, '<link rel="stylesheet" media="not all"')
          .replace('</head>', `<style>${STYLE}</style></head>`)
          .replace('<div id="root"></div>', `<div id="root">${SHELL}</div>`)
          .replace('</body>', `${script}</body>`)
      },
    },
  }
}
