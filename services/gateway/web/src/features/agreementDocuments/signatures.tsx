/** What was sent for signature, and what became of it. */
import { Anchor, Badge, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Agreement } from '@/features/agreements/queries'
import { formatInstant } from '@/shared/dates'
import { agreementDocuments } from '@/shared/i18n/en/agreementDocuments'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowMenu } from '@/shared/table/RowMenu'
import { SmallTable } from '@/shared/table/SmallTable'
import { fileAddress, type Signature, signaturesQuery } from './queries'

const RevokeDialog = lazyPart(async () => (await import('./revokeDialog')).RevokeDialog)

const words = agreementDocuments.signatures
const colors: Record<Signature['status'], string> = {
  sent: 'blue',
  signed: 'evergreen',
  declined: 'red',
  expired: 'orange',
  revoked: 'gray',
}

export function Signatures({ agreement }: { agreement: Agreement }) {
  const query = useQuery(signaturesQuery(agreement.id))
  const mayWrite = useMay('agreements.write')
  const [revoked, setRevoked] = useState<Signature | null>(null)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  const rows = query.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <Section title={words.title} flush>
      <SmallTable
        label={words.title}
        rows={rows}
        rowKey={(one) => one.id}
        columns={[
          { header: agreementDocuments.name, cell: (one) => one.document_name },
          { header: words.signer, cell: (one) => <Signer signature={one} /> },
          {
            header: words.status,
            cell: (one) => (
              <Badge variant="light" color={colors[one.status]}>
                {words.statuses[one.status]}
              </Badge>
            ),
          },
          { header: words.result, cell: (one) => <Result signature={one} /> },
          {
            header: words.sentBy,
            cell: (one) => words.by(one.requested_by_name, formatInstant(one.created_at)),
          },
          {
            header: common.actions,
            align: 'right',
            cell: (one) =>
              mayWrite &&
              one.status === 'sent' && (
                <RowMenu
                  label={common.actionsOf(one.document_name)}
                  items={[
                    {
                      label: words.revoke.button,
                      icon: <IconBan size={16} stroke={1.6} aria-hidden />,
                      danger: true,
                      onClick: () => setRevoked(one),
                    },
                  ]}
                />
              ),
          },
        ]}
      />
      {revoked && <RevokeDialog signature={revoked} onClose={() => setRevoked(null)} />}
    </Section>
  )
}

function Signer({ signature }: { signature: Signature }) {
  return (
    <>
      {signature.signer_name}
      <Text size="xs" c="dimmed">
        {signature.signer_email}
      </Text>
    </>
  )
}

function Result({ signature }: { signature: Signature }) {
  const { status, closed_at, signed_name, address, reason, signed_document_id } = signature
  if (status === 'sent') return words.until(formatInstant(signature.expires_at))
  if (status === 'expired') return words.expiredOn(formatInstant(signature.expires_at))
  if (status !== 'signed') return words.closed(formatInstant(closed_at!), reason ?? '')
  return (
    <>
      {words.signed(signed_name!, formatInstant(closed_at!), address)}
      <Text size="xs">
        <Anchor
          href={fileAddress(signature.agreement_id, signed_document_id!)}
          target="_blank"
          rel="noreferrer"
          fz="xs"
        >
          {words.signedDocument}
        </Anchor>
      </Text>
    </>
  )
}
