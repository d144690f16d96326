import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '@/api/problem'
import { Crumbs } from '@/shared/Crumbs'
import { today } from '@/shared/dates'
import { useSendOnce } from '@/shared/form/useSendOnce'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { AgreementEditor } from './editor'
import { type AgreementBody, createOne, keepAgreement, loadWhole } from './queries'
import { copyOf, fresh, type Values } from './values'
import { preparedValues } from './whatIfQueries'

/** An empty form, or one for a client (`?client_id=`), with another agreement's terms (`?from=`), or prepared ones. */
export function NewAgreement() {
  const {
    client_id = '',
    from = '',
    prepared = '',
  } = useSearch({ strict: false }) as { client_id?: string; from?: string; prepared?: string }
  const queries = useQueryClient()
  const mayWrite = useMay('agreements.write')
  const copied = useQuery({
    queryKey: ['agreements', 'copied', from],
    queryFn: () => loadWhole(queries, from),
    enabled: mayWrite && from !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!mayWrite) return <ErrorState error={new ApiError(403, {})} level={1} />
  if (copied.isError) return <ErrorState error={copied.error} onRetry={() => copied.refetch()} level={1} />
  const terms = prepared ? preparedValues(queries) : undefined
  if (terms) return <Editor first={terms} />
  if (!from) return <Editor key={client_id} first={fresh(client_id, today())} />
  return copied.data ? <Editor key={from} first={copyOf(copied.data, today())} /> : <PageSkeleton />
}

function Editor({ first }: { first: Values }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const sendOnce = useSendOnce()
  const [initial] = useState(first)

  async function save(body: AgreementBody, { activate }: { activate: boolean }) {
    const made = await sendOnce((key) => createOne(body, key))
    keepAgreement(queries, made)
    notifyDone(activate ? words.activated(made.name) : words.created(made.name))
    navigate({ to: '/agreements/$agreementId', params: { agreementId: made.id } })
  }

  return (
    <>
      <PageHeader title={words.newTitle} above={<Crumbs to="/agreements" label={agreements.title} />} />
      <AgreementEditor
        agreement={null}
        initial={initial}
        onSave={save}
        onCancel={() => navigate({ to: '/agreements' })}
      />
    </>
  )
}
