import { useQueryClient } from '@tanstack/react-query'
import { importServices } from '@/api/gen'
import { catalog } from '@/shared/i18n/en/catalog'
import { ImportWizard } from '@/shared/importing/ImportWizard'
import { servicesKey } from './queries'

const columns = [
  'id',
  'name',
  'description',
  'kind',
  'category',
  'default_rate',
  'default_unit',
  'currency',
  'tax_code',
  'minimum_hours',
  'sort_order',
  'internal_notes',
  'billing_cycle',
  'setup_fee',
  'cost',
  'price_model',
  'subscription_category',
  'term_months',
  'provisioning_checklist',
  'attribute_defaults',
  'status',
]

export function ImportServices() {
  const queries = useQueryClient()
  return (
    <ImportWizard
      id="services"
      title={catalog.importTitle}
      linkTo={(id) => `/catalog/${id}`}
      back={{ to: '/catalog', label: catalog.title }}
      columns={columns}
      needed={['name']}
      more={/^(rate|setup_fee|cost|price_model)_[A-Z]{3}$/}
      moreHint={catalog.importHint}
      exportUrl="/api/v1/services/export"
      send={(file, { dryRun, key, rows }) =>
        importServices({
          body: { file },
          query: { dry_run: dryRun, rows },
          headers: { 'Idempotency-Key': key },
        })
      }
      onImported={() => queries.invalidateQueries({ queryKey: servicesKey })}
    />
  )
}
