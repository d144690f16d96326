/** Chooses a tax code; an archived one stays where it was chosen before. */
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { catalog } from '@/shared/i18n/en/catalog'
import { taxCodeChoices, taxCodeQuery } from './queries'

export function TaxCodeSelect(input: Parameters<typeof NativeSelect>[0]) {
  const chosen = String(input.value ?? '')
  const choices = useQuery(taxCodeChoices)
  const offered = choices.data?.items ?? []
  const missing = chosen !== '' && choices.data !== undefined && !offered.some(({ id }) => id === chosen)
  const own = useQuery({ ...taxCodeQuery(chosen), enabled: missing })
  const all = missing && own.data ? [...offered, own.data] : offered
  return (
    <NativeSelect
      data={[
        { value: '', label: catalog.taxAsClient },
        ...all.map(({ id, name, status }) => ({
          value: id,
          label: status === 'archived' ? `${name} (${catalog.archivedNote})` : name,
        })),
      ]}
      {...input}
    />
  )
}
