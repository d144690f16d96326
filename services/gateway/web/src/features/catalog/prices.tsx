import { Stack } from '@mantine/core'
import { PriceList } from './priceList'
import type { Service } from './queries'
import { RateHistory } from './rateHistory'

export function Prices({ service }: { service: Service }) {
  return (
    <Stack gap="md">
      <PriceList service={service} />
      <RateHistory service={service} />
    </Stack>
  )
}
