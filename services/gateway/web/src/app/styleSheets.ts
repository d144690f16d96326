/**
 * Applies the page's style sheets, which have not held up its static shell (scripts/shell.mjs). They stand before every
 * other style: what the theme sets, and what a part of a page brings with it, comes after them and wins.
 */
export async function applyStyleSheets(): Promise<void> {
  const waiting = document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet][media="not all"]')
  await Promise.all(
    Array.from(waiting, async (link) => {
      if (!link.sheet)
        await new Promise((done) => ['load', 'error'].map((end) => link.addEventListener(end, done)))
      link.media = 'all'
    }),
  )
}
