import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { ApiError } from '@/api/problem'
import { agreementForm as words } from '@/shared/i18n/en/agreementForm'
import { common } from '@/shared/i18n/en/common'
import { TextLink } from '@/shared/Link'
import { notifyDone } from '@/shared/notify'
import { PageHeader } from '@/shared/PageHeader'
import { useMay } from '@/shared/session/useUser'
import { ErrorState } from '@/shared/states/ErrorState'
import { PageSkeleton } from '@/shared/states/PageSkeleton'
import { AgreementEditor } from './editor'
import {
  type AgreementBody,
  type Amending,
  agreementQuery,
  keepAgreement,
  servicesQuery,
  updateOne,
} from './queries'
import { valuesOf, type Whole } from './values'

export function EditAgreement() {
  const { agreementId } = useParams({ from: '/frame/agreements/$agreementId/edit' })
  const mayWrite = useMay('agreements.write')
  const agreement = useQuery(agreementQuery(agreementId))
  const services = useQuery(servicesQuery(agreementId))
  const error = mayWrite ? (agreement.error ?? services.error) : new ApiError(403, {})
  const whole = useMemo(
    () => agreement.data && services.data && { ...agreement.data, rows: services.data.items },
    [agreement.data, services.data],
  )
  if (error) return <ErrorState error={error} level={1} />
  return whole ? <Loaded agreement={whole} /> : <PageSkeleton />
}

function Loaded({ agreement }: { agreement: Whole }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [initial] = useState(() => valuesOf(agreement))
  const back = { to: '/agreements/$agreementId', params: { agreementId: agreement.id } } as const

  async function save(
    body: AgreementBody,
    { source, amendment }: { source: Whole; amendment: Amending | null },
  ) {
    const saved = await updateOne(source, body, amendment)
    keepAgreement(queries, saved)
    notifyDone(common.saved(saved.name))
    navigate(back)
  }

  return (
    <>
      <PageHeader
        title={words.editTitle(agreement.name)}
        above={
          <nav aria-label={agreement.name}>
            <TextLink {...back} size="xs">
              ← {agreement.name}
            </TextLink>
          </nav>
        }
      />
      <AgreementEditor
        agreement={agreement}
        initial={initial}
        onSave={save}
        onCancel={() => navigate(back)}
      />
    </>
  )
}
