/** The tab of an agreement's documents. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconFileText, IconPlus, IconSignature, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Agreement } from '@/features/agreements/queries'
import { formatInstant } from '@/shared/dates'
import { fileSize } from '@/shared/fileSize'
import { agreementDocuments as words } from '@/shared/i18n/en/agreementDocuments'
import { common } from '@/shared/i18n/en/common'
import { lazyPart } from '@/shared/lazyPart'
import { notifyDone, notifyError } from '@/shared/notify'
import { Section } from '@/shared/Section'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { RowsSkeleton } from '@/shared/states/PageSkeleton'
import { RowMenu } from '@/shared/table/RowMenu'
import { SmallTable } from '@/shared/table/SmallTable'
import {
  type AgreementDocument,
  documentsKey,
  documentsQuery,
  fileAddress,
  generateDocument,
} from './queries'
import { Signatures } from './signatures'

const AddDocument = lazyPart(async () => (await import('./addDocument')).AddDocument)
const SendForSignature = lazyPart(async () => (await import('./sendForSignature')).SendForSignature)
const DeleteDocument = lazyPart(async () => (await import('./deleteDocument')).DeleteDocument)

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true }

export function Documents({ agreement }: { agreement: Agreement }) {
  const query = useQuery(documentsQuery(agreement.id))
  const mayWrite = useMay('agreements.write')
  const [adding, setAdding] = useState(false)
  const [deleted, setDeleted] = useState<AgreementDocument | null>(null)
  const [sent, setSent] = useState<AgreementDocument | null>(null)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />
  return (
    <Stack gap="md">
      <Section
        title={words.title}
        flush
        action={mayWrite && <Adding agreement={agreement} onAdd={() => setAdding(true)} />}
      >
        {query.isPending ? (
          <RowsSkeleton rows={3} />
        ) : query.data.items.length === 0 ? (
          <Text size="sm" c="dimmed" px="md" pb="md">
            {words.none}
          </Text>
        ) : (
          <List
            documents={query.data.items}
            total={query.data.total}
            acts={mayWrite ? { onDelete: setDeleted, onSend: setSent } : null}
          />
        )}
        {adding && <AddDocument agreement={agreement} onClose={() => setAdding(false)} />}
        {deleted && <DeleteDocument document={deleted} onClose={() => setDeleted(null)} />}
        {sent && <SendForSignature agreement={agreement} document={sent} onClose={() => setSent(null)} />}
      </Section>
      <Signatures agreement={agreement} />
    </Stack>
  )
}

function Adding({ agreement, onAdd }: { agreement: Agreement; onAdd: () => void }) {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function generate() {
    setBusy(true)
    try {
      const made = await generateDocument(agreement.id)
      await queries.invalidateQueries({ queryKey: documentsKey(agreement.id) })
      notifyDone(words.generated(made.name))
    } catch (error) {
      notifyError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Group gap="xs">
      <Button
        variant="default"
        size="xs"
        leftSection={<IconFileText aria-hidden size={14} />}
        loading={busy}
        onClick={generate}
      >
        {words.generate}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconPlus aria-hidden size={14} />} onClick={onAdd}>
        {words.add}
      </Button>
    </Group>
  )
}

type Act = (document: AgreementDocument) => void
type ListProps = {
  documents: AgreementDocument[]
  total: number | null
  acts: { onDelete: Act; onSend: Act } | null
}

function List({ documents, total, acts }: ListProps) {
  return (
    <>
      <SmallTable
        label={words.title}
        rows={documents}
        rowKey={(one) => one.id}
        columns={[
          { header: words.name, cell: (one) => <FileLink document={one} /> },
          { header: words.kind, cell: (one) => words.kinds[one.kind] },
          { header: words.origin, cell: (one) => words.origins[one.origin] },
          {
            header: words.size,
            align: 'right',
            cell: (one) => <span className="num">{fileSize(one.size)}</span>,
          },
          { header: words.addedBy, cell: (one) => one.added_by_name },
          {
            header: words.addedAt,
            cell: (one) => <span className="num">{formatInstant(one.created_at)}</span>,
          },
          ...(acts
            ? [
                {
                  header: common.actions,
                  align: 'right' as const,
                  cell: (one: AgreementDocument) => (
                    <RowMenu
                      label={common.actionsOf(one.name)}
                      items={[
                        {
                          label: words.signatures.send.button,
                          icon: <IconSignature {...icon} />,
                          refused:
                            one.media_type === 'application/pdf' ? null : words.signatures.send.onlyPdf,
                          onClick: () => acts.onSend(one),
                        },
                        {
                          label: common.delete,
                          icon: <IconTrash {...icon} />,
                          danger: true,
                          onClick: () => acts.onDelete(one),
                        },
                      ]}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      {total !== null && total > documents.length && (
        <Text size="xs" c="dimmed" px="md" py="xs">
          {words.newest(documents.length, total)}
        </Text>
      )}
    </>
  )
}

function FileLink({ document }: { document: AgreementDocument }) {
  return (
    <Anchor href={fileAddress(document.agreement_id, document.id)} target="_blank" rel="noreferrer" fz="sm">
      {document.name}
    </Anchor>
  )
}
