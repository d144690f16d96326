import { useNavigate, useSearch } from '@tanstack/react-router'
import { login } from '@/shared/i18n/en/common'
import { LoginCard } from '@/shared/session/LoginCard'
import { isClientUser } from '@/shared/session/permissions'

export function LoginPage() {
  const { next } = useSearch({ from: '/login' })
  const navigate = useNavigate()
  return (
    <LoginCard
      title={login.title}
      lead={next && next !== '/' ? login.ended : login.lead}
      onSignedIn={(user) => {
        if (isClientUser(user)) window.location.assign('/portal')
        else navigate({ href: ownPath(next), replace: true })
      }}
    />
  )
}

/** Only a path of ours: `next` comes from the address bar and must not lead elsewhere. */
export function ownPath(next: string | undefined): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) && !next.startsWith('/login') ? next : '/'
}
