import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { currenciesQuery } from '@/features/clients/queries'
import { catalog } from '@/shared/i18n/en/catalog'

/** The company's own currency; empty until the server has said it. */
export function useOwnCurrency(): string {
  return useQuery(currenciesQuery).data?.default ?? ''
}

/** A currency. The empty value stands for the company's own, which is named. */
export function CurrencyChoice(props: NativeSelectProps) {
  const { data } = useQuery(currenciesQuery)
  const own = data?.items.find(({ code }) => code === data.default)
  const others = (data?.items ?? []).filter((one) => one !== own)
  const label = ({ code, name }: { code: string; name: string }) => `${code} – ${name}`
  return (
    <NativeSelect
      label={catalog.fields.currency}
      data={[
        { value: '', label: own ? catalog.companyCurrency(label(own)) : catalog.ownCurrency },
        ...others.map((one) => ({ value: one.code, label: label(one) })),
      ]}
      {...props}
    />
  )
}
