/** What the mail log reads and sends again. */
import { queryOptions } from '@tanstack/react-query'
import type * as gen from '@/api/gen'
import { getNotification, listNotifications, resendNotification } from '@/api/gen'
import { once } from '@/api/keys'
import type { PageParams } from '@/shared/table/types'

export type Mail = gen.ListNotificationsResponse['items'][number]
export type MailDetail = gen.GetNotificationResponse

export const mailKey = ['notifications'] as const

type Query = NonNullable<gen.ListNotificationsData['query']>

export const fetchMails = (params: PageParams, signal: AbortSignal) =>
  listNotifications({ query: params as Query, signal })

export const mailQuery = (notificationId: string) =>
  queryOptions({
    queryKey: [...mailKey, 'one', notificationId],
    queryFn: ({ signal }) => getNotification({ path: { notification_id: notificationId }, signal }),
  })

export const resend = (mail: Pick<Mail, 'id'>) =>
  resendNotification({ path: { notification_id: mail.id }, headers: once() })

/** One that is on its way cannot be sent a second time until it is sent or has failed. */
export const isDone = (mail: Pick<Mail, 'status'>) => mail.status === 'sent' || mail.status === 'failed'
