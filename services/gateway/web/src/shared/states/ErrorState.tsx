/** One face for each kind of failure: not yours, not there, not reachable, away for a moment, broken. */
import { Button, Group, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconLock, IconMapSearch, IconPlugX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '@/api/problem'
import { usePageTitle } from '@/shared/focus'
import { common } from '@/shared/i18n/en/common'
import { states } from '@/shared/i18n/en/states'
import classes from './states.module.css'

type Props = { error: unknown; onRetry?: () => void; level?: 1 | 2 }

export function ErrorState({ error, onRetry, level = 2 }: Props) {
  const face = faceOf(error)
  const problem = error instanceof ApiError ? error.problem : undefined
  const wait = error instanceof ApiError && error.status >= 502 ? (error.retryAfter ?? 10) : null
  return (
    <div className={classes.state} role="alert">
      <face.Icon aria-hidden size={36} stroke={1.4} />
      {level === 1 ? <PageTitle title={face.words.title} /> : <Title order={level}>{face.words.title}</Title>}
      <Text c="dimmed" maw="34rem">
        {face.words.text}
        {face.detail && problem?.detail ? ` ${problem.detail}` : ''}
      </Text>
      {onRetry && face.retry && (
        <Group gap="sm" justify="center">
          <Button onClick={onRetry}>{common.retry}</Button>
          {wait !== null && <Countdown seconds={wait} onEnd={onRetry} />}
        </Group>
      )}
      {problem?.request_id && (
        <Text size="xs" c="dimmed">
          {states.requestId(problem.request_id)}
        </Text>
      )}
    </div>
  )
}

function PageTitle({ title }: { title: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(title, heading)
  return (
    <Title order={1} ref={heading} tabIndex={-1}>
      {title}
    </Title>
  )
}

function faceOf(error: unknown) {
  const status = error instanceof ApiError ? error.status : 500
  if (status === 403) return { Icon: IconLock, words: states.forbidden, retry: false, detail: false }
  if (status === 404) return { Icon: IconMapSearch, words: states.notFound, retry: false, detail: false }
  if (status === 0) return { Icon: IconCloudOff, words: states.unreachable, retry: true, detail: false }
  if (status >= 502) return { Icon: IconPlugX, words: states.unavailable, retry: true, detail: false }
  return { Icon: IconAlertTriangle, words: states.broken, retry: true, detail: true }
}

function Countdown({ seconds, onEnd }: { seconds: number; onEnd: () => void }) {
  const [left, setLeft] = useState(Math.max(seconds, 2))
  useEffect(() => {
    if (left <= 0) {
      onEnd()
      return
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, onEnd])
  return (
    <Text size="sm" c="dimmed" aria-hidden>
      {states.unavailable.again(left)}
    </Text>
  )
}
