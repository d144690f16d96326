import { useNavigate } from '@tanstack/react-router'
import { login } from '@/shared/i18n/en/common'
import { LoginCard } from '@/shared/session/LoginCard'
import { isClientUser } from '@/shared/session/permissions'

export function PortalLogin() {
  const navigate = useNavigate()
  return (
    <LoginCard
      title={login.title}
      lead={login.portalLead}
      onSignedIn={(user) => {
        if (isClientUser(user)) navigate({ to: '/', replace: true })
        else window.location.assign('/')
      }}
    />
  )
}
