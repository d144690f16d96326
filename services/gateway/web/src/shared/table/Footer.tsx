/** How much of the list is shown; the next page comes when this comes into view, or at the press of the button. */
import { Button, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { common } from '@/shared/i18n/en/common'
import { table as words } from '@/shared/i18n/en/table'
import { errorText } from '@/shared/notify'
import classes from './DataTable.module.css'
import type { Total } from './useTotal'

type Props = {
  shown: number
  total: Total
  more: boolean
  busy: boolean
  error: unknown
  onMore: () => void
}

export function Footer({ shown, total, more, busy, error, onMore }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const load = useRef(onMore)
  load.current = onMore
  // Looked at anew after every page (`shown`): a page may come so fast that `busy` is never seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!more || busy || error || typeof IntersectionObserver === 'undefined') return
    const watcher = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && load.current(), {
      rootMargin: '600px',
    })
    if (place.current) watcher.observe(place.current)
    return () => watcher.disconnect()
  }, [more, busy, error, shown])

  return (
    <div className={classes.footer} ref={place}>
      <Text size="xs" c={error ? 'var(--mantine-color-error)' : 'dimmed'} className="num">
        {error ? errorText(error) : words.shown(shown, total.count, total.exact || !more)}
      </Text>
      {more && (
        <Button variant="subtle" size="compact-xs" loading={busy} onClick={onMore}>
          {error ? common.retry : words.more}
        </Button>
      )}
    </div>
  )
}
