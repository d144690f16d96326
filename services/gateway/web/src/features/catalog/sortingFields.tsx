/** Where a service stands among the others, and how it is taxed. */
import { Autocomplete, Stack } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { categoryChoices } from '@/features/categories/queries'
import { TaxCodeSelect } from '@/features/taxCodes/select'
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
        <TaxCodeSelect label={fields.tax_code_id} {...input('tax_code_id')} />
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
