/** Reading and signing a document through a link from an email. */
import { Alert, Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { IconFileText } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { formatInstant } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { fileSize } from '@/shared/fileSize'
import { useApiForm } from '@/shared/form/useApiForm'
import { signing as words } from '@/shared/i18n/en/signing'
import { PageHeader } from '@/shared/PageHeader'
import { Section } from '@/shared/Section'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { linkToken, VisitorPage } from './VisitorPage'
import { decline, documentQuery, type Signing, sign, signingKey, signingQuery } from './visitQueries'

export function SignPage() {
  const [token] = useState(linkToken)
  const query = useQuery({ ...signingQuery(token), enabled: token !== '' })
  return (
    <VisitorPage company={query.data?.company}>
      {token === '' ? (
        <Alert color="orange">{words.noLink}</Alert>
      ) : query.isPending ? (
        <PageSkeleton />
      ) : query.isError ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} level={1} />
      ) : (
        <Opened token={token} signing={query.data} />
      )}
    </VisitorPage>
  )
}

function Opened({ token, signing }: { token: string; signing: Signing }) {
  return (
    <Stack gap="md">
      <PageHeader title={words.title} />
      <Text>{words.by(signing.company, signing.client_name)}</Text>
      <Section title={words.document}>
        <Facts
          facts={[
            [words.document, signing.document_name],
            [words.agreement, `${signing.number} ${signing.agreement_name}`],
            [words.expires, formatInstant(signing.expires_at)],
          ]}
        />
        {signing.message && (
          <Text size="sm" mt="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {words.message(signing.requested_by_name)}: {signing.message}
          </Text>
        )}
        {signing.status === 'sent' && <Reading token={token} signing={signing} />}
      </Section>
      {signing.status === 'sent' ? <Answer token={token} signing={signing} /> : <Closed signing={signing} />}
    </Stack>
  )
}

function Closed({ signing }: { signing: Signing }) {
  const signed = signing.status === 'signed'
  return (
    <Alert color={signed ? 'evergreen' : 'orange'} role="status" title={words.answers[signing.status]}>
      {signed && (
        <>
          {words.signedBy(signing.signed_name ?? '', formatInstant(signing.closed_at!))} {words.mailed}
        </>
      )}
    </Alert>
  )
}

function Reading({ token, signing }: { token: string; signing: Signing }) {
  const file = useQuery(documentQuery(token))
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!file.data) return
    const made = URL.createObjectURL(file.data as Blob)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file.data])
  if (file.isError) return <ErrorState error={file.error} onRetry={() => file.refetch()} />
  return (
    <Stack gap="sm" mt="md">
      <Button
        component="a"
        href={address ?? undefined}
        target="_blank"
        rel="noopener"
        loading={address === null}
        leftSection={<IconFileText aria-hidden size={16} />}
        style={{ alignSelf: 'start' }}
      >
        {words.read(fileSize(signing.document_size))}
      </Button>
      {address && (
        <iframe
          src={address}
          title={words.preview(signing.document_name)}
          style={{ width: '100%', height: '28rem', border: '1px solid var(--mantine-color-default-border)' }}
        />
      )}
    </Stack>
  )
}

function Answer({ token, signing }: { token: string; signing: Signing }) {
  const [declining, setDeclining] = useState(false)
  return declining ? (
    <Declining token={token} onBack={() => setDeclining(false)} />
  ) : (
    <Signature token={token} signing={signing} onDecline={() => setDeclining(true)} />
  )
}

type SignatureProps = { token: string; signing: Signing; onDecline: () => void }

function Signature({ token, signing, onDecline }: SignatureProps) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { name: '', consent: false },
    validate: {
      name: (name) => (name.trim() ? null : words.nameNeeded),
      consent: (consent) => (consent ? null : words.consentNeeded),
    },
  })
  const save = () =>
    submit(async ({ name }) => queries.setQueryData(signingKey(token), await sign(token, name.trim())))
  return (
    <Section title={words.sign}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="sm">
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <TextInput
            label={words.name}
            description={words.nameHint}
            required
            maxLength={200}
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <Checkbox label={signing.consent_text} {...form.getInputProps('consent', { type: 'checkbox' })} />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onDecline}>
              {words.decline}
            </Button>
            <Button type="submit" loading={busy}>
              {words.sign}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

function Declining({ token, onBack }: { token: string; onBack: () => void }) {
  const queries = useQueryClient()
  const { form, busy, failure, submit } = useApiForm({
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : words.reasonNeeded) },
  })
  const save = () =>
    submit(async ({ reason }) => queries.setQueryData(signingKey(token), await decline(token, reason.trim())))
  return (
    <Section title={words.decline}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="sm">
          {failure && (
            <Alert color="red" role="alert">
              {failure}
            </Alert>
          )}
          <Textarea
            label={words.reason}
            required
            autosize
            minRows={2}
            maxLength={2000}
            {...form.getInputProps('reason')}
          />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onBack}>
              {words.sign}
            </Button>
            <Button type="submit" color="red" loading={busy}>
              {words.decline}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
