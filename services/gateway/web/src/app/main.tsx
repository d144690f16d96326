import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { configureApi } from '@/api/client'
import { sessionQuery } from '@/shared/session/session'
import { makeQueryClient, Providers } from './providers'
import { makeRouter } from './router'

const queries = makeQueryClient()
const router = makeRouter(queries)

configureApi({
  onSignedOut: () => {
    queries.setQueryData(sessionQuery.queryKey, null)
    router.invalidate()
  },
})

// until the first page can be drawn, the static shell stands (scripts/shell.mjs)
await router.load().catch(() => {})
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers queries={queries}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
