import type { ErrorComponentProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
import { ApiError } from '@/api/problem'
import { states } from '@/shared/i18n/en/states'
import { ButtonLink } from '@/shared/Link'
import { ErrorState } from '@/shared/states/ErrorState'

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    router.invalidate()
  }
  return <ErrorState error={error} onRetry={retry} level={1} />
}

export function RouteNotFound() {
  return (
    <>
      <ErrorState error={new ApiError(404, {})} level={1} />
      <p style={{ textAlign: 'center' }}>
        <ButtonLink to="/" variant="default">
          {states.home}
        </ButtonLink>
      </p>
    </>
  )
}
