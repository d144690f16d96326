/** Everything as it will be saved, with the server's rates and shares. */
import { Stack, Text } from '@mantine/core'
import { formatDate } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { agreementForm } from '@/shared/i18n/en/agreementForm'
import { agreements } from '@/shared/i18n/en/agreements'
import { formatMoney, formatPercent, formatQuantity, formatRate } from '@/shared/money'
import { Section } from '@/shared/Section'
import { type SmallColumn, SmallTable } from '@/shared/table/SmallTable'
import type { StepProps } from './formParts'
import type { Preview } from './queries'

const { fields, services: words } = agreements

type Row = Preview['services'][number]

export function ReviewStep({ form, preview, clientName }: StepProps & { clientName: string }) {
  const values = form.getValues()
  return (
    <Stack gap="md">
      <Section title={agreementForm.steps.review}>
        <Facts
          facts={[
            [fields.client, clientName],
            [fields.name, values.name],
            [fields.type, agreements.types[values.type]],
            [fields.start_date, formatDate(values.start_date)],
            [fields.end_date, values.end_date ? formatDate(values.end_date) : agreements.openEnd],
            [fields.coverage, agreements.coverages[values.coverage]],
            ...(values.coverage === 'selected'
              ? [[fields.uncovered_policy, agreements.uncovered[values.uncovered_policy]] as [string, string]]
              : []),
            ...(preview?.total_hours
              ? [
                  [fields.allocation_policy, agreements.allocations[values.allocation_policy]] as [
                    string,
                    string,
                  ],
                ]
              : []),
          ]}
        />
      </Section>
      {preview && (
        <Section title={words.covered} flush>
          {preview.services.length === 0 ? (
            <Text size="sm" c="dimmed" px="md" pb="md">
              {agreements.coverages[values.coverage]}
            </Text>
          ) : (
            <SmallTable
              label={words.covered}
              rows={preview.services}
              rowKey={(row) => row.client_service_id}
              columns={columnsOf(preview)}
            />
          )}
        </Section>
      )}
    </Stack>
  )
}

function columnsOf({ currency, total_hours, recurring_split }: Preview): SmallColumn<Row>[] {
  const share = (value: string | null, percent: string | null) =>
    value === null ? '—' : `${value} (${formatPercent(formatQuantity(percent ?? '0'))})`
  return [
    { header: words.service, cell: (row) => row.name },
    {
      header: words.rate,
      cell: (row) => {
        const rate = formatRate(row.effective_rate, currency, row.unit)
        return row.rate_source === 'agreement' ? words.agreementRate(rate) : words.clientRate(rate)
      },
    },
    ...(total_hours
      ? [
          {
            header: words.allocated,
            align: 'right' as const,
            cell: (row: Row) =>
              share(row.hours_allocated && `${formatQuantity(row.hours_allocated)} h`, row.allocated_percent),
          },
        ]
      : []),
    ...(recurring_split !== '0.00'
      ? [
          {
            header: words.share,
            align: 'right' as const,
            cell: (row: Row) =>
              share(row.recurring_share && formatMoney(row.recurring_share, currency), row.share_percent),
          },
        ]
      : []),
  ]
}
