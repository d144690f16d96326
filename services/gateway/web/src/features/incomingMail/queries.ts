/** What the page of incoming email reads and writes. */
import type * as gen from '@/api/gen'
import { assignIncomingEmail, discardIncomingEmail, getMailbox, listIncomingEmails } from '@/api/gen'
import { once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type IncomingEmail = gen.ListIncomingEmailsResponse['items'][number]

export const incomingMailKey = ['incoming-emails'] as const

const MINUTE = 60_000

export const fetchIncomingMail = (params: PageParams, signal: AbortSignal) =>
  listIncomingEmails({ query: params as gen.ListIncomingEmailsData['query'], signal })

export const mailboxQuery = {
  queryKey: [...incomingMailKey, 'mailbox'],
  queryFn: ({ signal }: { signal: AbortSignal }) => getMailbox({ signal }),
  refetchInterval: MINUTE,
}

const of = (email: IncomingEmail) => ({ path: { email_id: email.id } })

export const assignEmail = (email: IncomingEmail, client_id: string, key: string) =>
  assignIncomingEmail({ ...of(email), body: { client_id }, headers: { 'Idempotency-Key': key } })

export const discardEmail = (email: IncomingEmail) => discardIncomingEmail({ ...of(email), headers: once() })
