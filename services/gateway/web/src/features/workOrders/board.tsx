/** Work orders as cards in a column for each status; a card is moved by dragging it or with Shift and an arrow. */
import { Text } from '@mantine/core'
import { useState } from 'react'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import classes from './board.module.css'
import { BoardColumn } from './boardColumn'
import type { Status, WorkOrder } from './queries'
import { WorkSections } from './sections'
import { useMove } from './useMove'

const STATUSES = Object.keys(words.status) as Status[]

export function Board() {
  const mayMove = useMay('time.write')
  const [dragged, setDragged] = useState<WorkOrder | null>(null)
  const move = useMove()

  /** The next status in the direction of the arrow that the order can change to. */
  function step(order: WorkOrder, by: 1 | -1) {
    const at = STATUSES.indexOf(order.status)
    const beyond = by === 1 ? STATUSES.slice(at + 1) : STATUSES.slice(0, at).reverse()
    const status = beyond.find((one) => order.next_statuses.includes(one))
    if (status) move(order, status)
  }

  function drop(status: Status) {
    if (dragged && dragged.status !== status) move(dragged, status)
    setDragged(null)
  }

  return (
    <>
      <PageHeader title={words.board.title} />
      <WorkSections />
      {mayMove && (
        <Text size="xs" c="dimmed" mb="xs">
          {words.board.hint}
        </Text>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls sideways must be reachable by keyboard */}
      <div className={classes.board} role="group" tabIndex={0} aria-label={words.board.title}>
        {STATUSES.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            mayMove={mayMove}
            accepts={dragged?.next_statuses.includes(status) ?? false}
            onDrag={setDragged}
            onDrop={() => drop(status)}
            onStep={step}
            onMove={move}
          />
        ))}
      </div>
    </>
  )
}
