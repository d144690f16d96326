/** The time of a timer, counted on from what the server said, whatever the clock of this device shows. */
import { useEffect, useState } from 'react'
import type { Timer } from './queries'

const SECOND_MS = 1000

export function Clock({ timer, read }: { timer: Timer; read: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!timer.running) return
    const tick = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(tick)
  }, [timer.running])
  const since = timer.running ? Math.max(0, Math.floor((now - read) / SECOND_MS)) : 0
  return <span className="num">{formatClock(timer.seconds + since)}</span>
}

/** Seconds as "1:05:09". */
export function formatClock(seconds: number): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`
}
