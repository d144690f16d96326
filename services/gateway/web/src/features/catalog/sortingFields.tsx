/** Where a service stands among the others, and how it is taxed. */
import { Autocomplete, NativeSelect, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { categoryChoices } from '@/features/categories/queries'
import { taxCodeChoices, taxCodeQuery } from '@/features/taxCodes/queries'
import { NumberField } from '@/shared/form/NumberField'
import { catalog } from '@/shared/i18n/en/catalog'
import { Section } from '@/shared/Section'
import type { Values } from './formValues'

const { fields, hints } = catalog

export function SortingFields({ form }: { form: UseFormReturnType<Values> }) {
  const input = form.getInputProps
  const categories = useQuery(categoryChoices)
  return (
    <Section title={catalog.parts.sorting}>
      <Stack gap="sm">
        <Autocomplete
          size="sm"
          label={fields.category}
          placeholder={hints.category}
          maxLength={100}
          data={(categories.data?.items ?? []).map(({ name }) => name)}
          comboboxProps={{ withinPortal: false }}
          {...input('category')}
        />
        <TaxCodeSelect form={form} />
        <NumberField
          kind="whole"
          label={fields.sort_order}
          description={hints.sort_order}
          {...input('sort_order')}
        />
      </Stack>
    </Section>
  )
}

function TaxCodeSelect({ form }: { form: UseFormReturnType<Values> }) {
  const chosen = form.getValues().tax_code_id
  const choices = useQuery(taxCodeChoices)
  const offered = choices.data?.items ?? []
  const missing = chosen !== '' && choices.data !== undefined && !offered.some(({ id }) => id === chosen)
  // an archived one stays where it was chosen before
  const own = useQuery({ ...taxCodeQuery(chosen), enabled: missing })
  const all = missing && own.data ? [...offered, own.data] : offered
  return (
    <NativeSelect
      label={fields.tax_code_id}
      data={[
        { value: '', label: catalog.taxAsClient },
        ...all.map(({ id, name, status }) => ({
          value: id,
          label: status === 'archived' ? `${name} (${catalog.archivedNote})` : name,
        })),
      ]}
      {...form.getInputProps('tax_code_id')}
    />
  )
}
