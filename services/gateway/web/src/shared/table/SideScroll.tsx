/**
 * A table wider than its place scrolls sideways, at every width of the window. Its scroll bar stays at the bottom of the
 * window, and its header below the top: inside a scrolling box `position: sticky` no longer follows the window, so the
 * header is moved by hand there.
 */
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './SideScroll.module.css'

/** The height of the page's own header, which stays in sight. */
const BELOW_HEADER = 52

export function SideScroll({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const wide = width > 0

  useLayoutEffect(() => {
    const place = box.current!
    const table = place.firstElementChild as HTMLElement
    const measure = () => setWidth(table.offsetWidth > place.clientWidth + 1 ? table.offsetWidth : 0)
    const watcher = new ResizeObserver(measure)
    watcher.observe(place)
    watcher.observe(table)
    measure()
    return () => watcher.disconnect()
  }, [])

  useEffect(() => {
    if (!wide) return
    const place = box.current!
    const follow = () => {
      const head = place.querySelector('thead')
      if (!head) return
      const { top, height } = place.getBoundingClientRect()
      const by = Math.min(Math.max(BELOW_HEADER - top, 0), Math.max(height - 2 * head.offsetHeight, 0))
      place.style.setProperty('--head-shift', `${by}px`)
    }
    follow()
    window.addEventListener('scroll', follow, { passive: true })
    return () => {
      window.removeEventListener('scroll', follow)
      place.style.removeProperty('--head-shift')
    }
  }, [wide])

  const sync = (from: HTMLDivElement | null, to: HTMLDivElement | null) => {
    if (from && to && to.scrollLeft !== from.scrollLeft) to.scrollLeft = from.scrollLeft
  }

  return (
    <>
      <div
        ref={box}
        className={classes.box}
        data-wide={wide || undefined}
        {...(wide && { role: 'group', 'aria-label': label, tabIndex: 0 })}
        onScroll={() => sync(box.current, bar.current)}
      >
        {children}
      </div>
      {wide && (
        <div ref={bar} aria-hidden className={classes.bar} onScroll={() => sync(bar.current, box.current)}>
          <div style={{ width }} />
        </div>
      )}
    </>
  )
}
