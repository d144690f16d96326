/** What staff and client users read and write about one work order. */
import type * as gen from '@/api/gen'
import { addWorkOrderNote, attachToWorkOrder, listWorkOrderTimeline } from '@/api/gen'
import { once } from '@/api/keys'

const PAGE = 30

export type TimelineEntry = gen.ListWorkOrderTimelineResponse['items'][number]
export type Note = NonNullable<gen.AddWorkOrderNoteData['body']>

export const fetchTimeline = (work_order_id: string, cursor: string | undefined, signal: AbortSignal) =>
  listWorkOrderTimeline({ path: { work_order_id }, query: { cursor, page_size: PAGE }, signal })

export const sendNote = (work_order_id: string, body: Note, key: string) =>
  addWorkOrderNote({ path: { work_order_id }, body, headers: { 'Idempotency-Key': key } })

export const attachFile = (work_order_id: string, file: File, visible: boolean | undefined) =>
  attachToWorkOrder({
    path: { work_order_id },
    query: { name: file.name, visible },
    body: file,
    headers: { ...once(), 'Content-Type': 'application/octet-stream' } as Record<string, string>,
  })
