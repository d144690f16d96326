/** The answers of an order that was opened with a form, with the questions as they were asked. */
import { Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { getWorkOrderFormAnswers } from '@/api/gen'
import { formatDate } from '@/shared/dates'
import { Facts } from '@/shared/Facts'
import { orderForms as words } from '@/shared/i18n/en/orderForms'
import { Section } from '@/shared/Section'

/** An order's answers never change. */
const answersQuery = (work_order_id: string) =>
  queryOptions({
    queryKey: ['form-answers', work_order_id],
    queryFn: ({ signal }) => getWorkOrderFormAnswers({ path: { work_order_id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function FormAnswers({ orderId }: { orderId: string }) {
  const found = useQuery(answersQuery(orderId)).data
  if (!found?.form_name || found.form_version === null) return null
  return (
    <Section title={words.answers}>
      <Text size="xs" c="dimmed" mb="xs">
        {words.answered(found.form_name, found.form_version)}
      </Text>
      <Facts facts={found.answers.map(({ label, type, value }) => [label, shown(type, value)])} />
    </Section>
  )
}

function shown(type: string, value: string | null): string | null {
  if (value === null) return null
  if (type === 'date') return formatDate(value)
  return type === 'yes_no' ? (words.values[value] ?? value) : value
}
