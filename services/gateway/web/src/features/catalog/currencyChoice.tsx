import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { currenciesQuery } from '@/features/clients/queries'
import { catalog } from '@/shared/i18n/en/catalog'

/** A currency, or the MSP's own, which the server knows. */
export function CurrencyChoice(props: NativeSelectProps) {
  const { data } = useQuery(currenciesQuery)
  const options = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} – ${name}` }))
  return (
    <NativeSelect
      label={catalog.fields.currency}
      data={[{ value: '', label: catalog.ownCurrency }, ...options]}
      {...props}
    />
  )
}
