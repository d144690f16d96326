import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { configureApi } from '@/api/client'
import { sessionQuery } from '@/shared/session/session'
import { makeQueryClient, Providers } from './providers'
import { makeRouter } from './router'
import { applyStyleSheets } from './styleSheets'

const queries = makeQueryClient()
const router = makeRouter(queries)

configureApi({
  onSignedOut: () => {
    queries.setQueryData(sessionQuery.queryKey, null)
    router.invalidate()
  },
})

// until the first page can be drawn, the static shell stands (scripts/shell.mjs)
await Promise.all([router.load().catch(() => {}), applyStyleSheets()])
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Providers queries={queries}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
