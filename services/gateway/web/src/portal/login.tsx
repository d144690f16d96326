import { useNavigate } from '@tanstack/react-router'
import { login } from '@/shared/i18n/en/common'
import { LoginCard } from '@/shared/session/LoginCard'
import { isClientRole } from '@/shared/session/roles'

export function PortalLogin() {
  const navigate = useNavigate()
  return (
    <LoginCard
      title={login.title}
      lead={login.portalLead}
      onSignedIn={(user) => {
        if (isClientRole(user.role)) navigate({ to: '/', replace: true })
        else window.location.assign('/')
      }}
    />
  )
}
