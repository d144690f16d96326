/** The running timer in the header, on every page; it opens the list of all timers. */
import { Popover, UnstyledButton } from '@mantine/core'
import { IconClockPause, IconClockPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { timers as words } from '@/shared/i18n/en/timers'
import { Clock } from './clock'
import { TimerList, useTimerDialogs } from './list'
import { timersQuery } from './queries'
import classes from './timers.module.css'

export default function HeaderTimers() {
  const { data, dataUpdatedAt } = useQuery(timersQuery)
  const [opened, setOpened] = useState(false)
  const { ask, dialogs } = useTimerDialogs()
  const first = data?.items[0]
  if (!first) return <>{dialogs}</>
  const Icon = first.running ? IconClockPlay : IconClockPause
  return (
    <>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        trapFocus
        returnFocus
        width="min(26rem, calc(100vw - 2rem))"
      >
        <Popover.Target>
          <UnstyledButton
            className={classes.header}
            data-running={first.running}
            aria-label={words.open(data.items.length)}
            onClick={() => setOpened(!opened)}
          >
            <Icon aria-hidden size={18} stroke={1.7} />
            <Clock timer={first} read={dataUpdatedAt} />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={words.title}>
          <TimerList
            onAsk={(asked) => {
              setOpened(false)
              ask(asked)
            }}
          />
        </Popover.Dropdown>
      </Popover>
      {dialogs}
    </>
  )
}
