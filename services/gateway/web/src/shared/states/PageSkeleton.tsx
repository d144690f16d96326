/** What stands in for content while it loads: about the size of what follows, so that nothing jumps. */
import { Skeleton, Stack } from '@mantine/core'
import { common } from '@/shared/i18n/en/common'

export function PageSkeleton() {
  return (
    <Stack gap="md" role="status" aria-label={common.loading}>
      <Skeleton height={30} width={220} />
      <Skeleton height={120} radius="lg" />
      <Skeleton height={320} radius="lg" />
    </Stack>
  )
}

export function RowsSkeleton({ rows = 8, height = 20 }: { rows?: number; height?: number }) {
  return (
    <Stack gap={14} p="md" role="status" aria-label={common.loading}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders
        <Skeleton key={index} height={height} width={`${96 - ((index * 17) % 30)}%`} />
      ))}
    </Stack>
  )
}
