/** One email: whom it went to, how often it was tried, why it failed, and what it said. */
import { Alert, Button, SimpleGrid, Stack, Tabs } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Crumbs } from '@/shared/Crumbs'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { mailLog as words } from '@/shared/i18n/en/mailLog'
import { TextLink } from '@/shared/Link'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { MailClient, MailStatus } from './columns'
import classes from './mail.module.css'
import { isDone, type MailDetail, mailKey, mailQuery, resend } from './queries'

const ConfirmDialog = lazyPart(async () => (await import('@/shared/form/ConfirmDialog')).ConfirmDialog)

const { fields, parts } = words

export function MailPage() {
  const { notificationId } = useParams({ from: '/frame/notifications/$notificationId' })
  const query = useQuery(mailQuery(notificationId))
  if (query.isPending) return <PageSkeleton />
  if (!query.data) return <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
  const mail = query.data
  return (
    <>
      <PageHeader
        title={mail.subject}
        badge={<MailStatus status={mail.status} />}
        above={<Crumbs to="/notifications" label={words.title} />}
      >
        {isDone(mail) && <Resend mail={mail} />}
      </PageHeader>
      <Stack gap="md">
        {mail.status === 'failed' && mail.last_error && (
          <Alert color="red" title={fields.last_error}>
            {mail.last_error}
          </Alert>
        )}
        <Section title={parts.delivery}>
          <Delivery mail={mail} />
        </Section>
        <Content mail={mail} />
      </Stack>
    </>
  )
}

function Delivery({ mail }: { mail: MailDetail }) {
  const to = mail.recipient_name ? `${mail.recipient_name} <${mail.recipient}>` : mail.recipient
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Facts
        facts={[
          [fields.recipient, mail.recipient ? to : words.noRecipient],
          [fields.cc, mail.cc.join(', ')],
          [fields.addressee, words.addressees[mail.addressee] ?? mail.addressee],
          [fields.client, <MailClient key="client" mail={mail} />],
          [fields.about, <About key="about" mail={mail} />],
          [fields.event, words.events[mail.event_type] ?? mail.event_type],
        ]}
      />
      <Facts
        facts={[
          [fields.created_at, formatInstant(mail.created_at)],
          [fields.attempts, mail.attempts],
          [fields.sent_at, formatInstant(mail.sent_at)],
          [fields.next_attempt_at, mail.next_attempt_at && formatInstant(mail.next_attempt_at)],
          [fields.resends, words.times(mail.resends)],
          ...(mail.status !== 'failed' && mail.last_error
            ? ([[mail.status === 'sent' ? fields.remark : fields.last_error, mail.last_error]] as [
                string,
                string,
              ][])
            : []),
          [fields.message_id, mail.message_id],
        ]}
      />
    </SimpleGrid>
  )
}

/** An invoice has a page; what else it may be about has none yet. */
function About({ mail }: { mail: MailDetail }) {
  if (!mail.reference_id || !mail.event_type.startsWith('billing.invoice.')) return mail.reference || '—'
  return (
    <TextLink to="/invoices/$invoiceId" params={{ invoiceId: mail.reference_id }} fz="sm">
      {mail.reference}
    </TextLink>
  )
}

function Content({ mail }: { mail: MailDetail }) {
  return (
    <Section title={parts.preview}>
      {mail.attachments.length > 0 && (
        <Facts
          facts={[
            [
              fields.attachments,
              mail.attachments.map(({ filename, size }) => `${filename} (${words.size(size)})`).join(', '),
            ],
          ]}
        />
      )}
      <Tabs defaultValue="html" mt="sm">
        <Tabs.List mb="sm">
          <Tabs.Tab value="html">{parts.formatted}</Tabs.Tab>
          <Tabs.Tab value="text">{parts.text}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="html">
          {/* without permissions it runs no script, and the page's policy lets it load nothing from elsewhere */}
          <iframe
            className={classes.preview}
            title={words.previewOf(mail.subject)}
            sandbox=""
            srcDoc={mail.content.html}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text">
          <pre className={classes.text}>{mail.content.text}</pre>
        </Tabs.Panel>
      </Tabs>
    </Section>
  )
}

function Resend({ mail }: { mail: MailDetail }) {
  const queries = useQueryClient()
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)

  async function run() {
    setBusy(true)
    try {
      const saved = await resend(mail)
      notifyDone(words.resent(saved.recipient))
    } catch (error) {
      notifyError(error)
    } finally {
      await queries.invalidateQueries({ queryKey: mailKey })
      setBusy(false)
      setAsked(false)
    }
  }

  return (
    <>
      <Button leftSection={<IconSend aria-hidden size={15} />} onClick={() => setAsked(true)}>
        {words.resend}
      </Button>
      {asked && (
        <ConfirmDialog
          title={words.confirm.title(1)}
          text={words.confirm.text}
          action={words.resend}
          busy={busy}
          onConfirm={run}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
