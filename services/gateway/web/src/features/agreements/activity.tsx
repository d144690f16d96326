import { listAgreementActivity } from '@/api/gen'
import { Activity } from '@/shared/activity/Activity'
import { agreements } from '@/shared/i18n/en/agreements'
import { type Agreement, agreementsKey } from './queries'

export function AgreementActivity({ agreement }: { agreement: Agreement }) {
  return (
    <Activity
      queryKey={[...agreementsKey, 'activity', agreement.id]}
      labels={agreements.fields}
      fetchPage={(cursor, signal) =>
        listAgreementActivity({
          path: { agreement_id: agreement.id },
          query: { cursor, page_size: 30 },
          signal,
        })
      }
    />
  )
}
