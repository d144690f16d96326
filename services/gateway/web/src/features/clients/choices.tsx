/** Country and currency, chosen from CLDR's lists as the server gives them. */
import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { clients } from '@/shared/i18n/en/clients'
import { timeZonesQuery } from './parts'
import { countriesQuery, currenciesQuery } from './queries'

export function CountrySelect(props: NativeSelectProps) {
  const { data } = useQuery(countriesQuery)
  const options = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))
  return (
    <NativeSelect label={clients.fields.country} data={[{ value: '', label: '—' }, ...options]} {...props} />
  )
}

/** With a `placeholder` nothing is chosen at first. */
export function CurrencySelect({ placeholder, ...props }: NativeSelectProps & { placeholder?: string }) {
  const { data } = useQuery(currenciesQuery)
  const options = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: `${code} – ${name}` }))
  const known = options.length > 0 ? options : [{ value: 'USD', label: 'USD' }]
  const all = placeholder === undefined ? known : [{ value: '', label: placeholder }, ...known]
  return <NativeSelect label={clients.fields.currency} data={all} {...props} />
}

export function TimeZoneSelect(props: NativeSelectProps) {
  const { data } = useQuery(timeZonesQuery)
  const options = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))
  return (
    <NativeSelect
      label={clients.fields.time_zone}
      data={[{ value: '', label: '—' }, ...options]}
      {...props}
    />
  )
}
