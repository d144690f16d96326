/** Every email with what became of it; what failed can be sent again, one or many. */
import { IconSend } from '@tabler/icons-react'
import { clientFilter } from '@/features/clients/clientFilter'
import { mailLog as words } from '@/shared/i18n/en/mailLog'
import { PageHeader } from '@/shared/PageHeader'
import { DataTable } from '@/shared/table/DataTable'
import { TextFilter } from '@/shared/table/FilterField'
import type { BulkAction, Filter } from '@/shared/table/types'
import { mailColumns } from './columns'
import { fetchMails, isDone, type Mail, mailKey, resend } from './queries'

const choices = (texts: Record<string, string>) =>
  Object.entries(texts).map(([value, label]) => ({ value, label }))

const filters: Filter[] = [
  { key: 'status', label: words.fields.status, options: choices(words.statuses) },
  { key: 'event_type', label: words.fields.event, options: choices(words.events) },
  clientFilter,
  { key: 'recipient', label: words.fields.recipientFilter, Field: TextFilter },
]

const bulk: BulkAction<Mail>[] = [
  {
    label: words.resend,
    icon: <IconSend size={14} />,
    appliesTo: isDone,
    confirm: (rows) => ({ title: words.confirm.title(rows.length), text: words.confirm.text }),
    run: resend,
    done: words.resentMany,
  },
]

export function MailLog() {
  return (
    <>
      <PageHeader title={words.title} />
      <DataTable
        label={words.title}
        queryKey={mailKey}
        fetchPage={fetchMails}
        columns={mailColumns}
        rowName={(mail) => `${mail.subject}, ${mail.recipient || words.noRecipient}`}
        defaultSort="-created_at"
        searchLabel={words.search}
        filters={filters}
        bulk={bulk}
        empty={words.empty}
      />
    </>
  )
}
