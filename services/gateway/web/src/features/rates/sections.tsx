import { rateLists as words } from '@/shared/i18n/en/rates'
import { Sections } from '@/shared/Sections'

export function RateSections() {
  return (
    <Sections
      label={words.title}
      parts={[
        ['/rates', words.title],
        ['/rates/reviews', words.reviews],
      ]}
    />
  )
}
