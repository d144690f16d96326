/** What both entries (staff and portal) stand on: theme, queries and their retry rules, messages. */
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { ApiError } from '@/api/problem'
import { cssVariables, theme } from './theme'
import './styles.css'

const Toasts = lazy(() => import('./toasts'))

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && error instanceof ApiError && error.temporary,
        retryDelay: (count, error) => 1000 * Math.min((error as ApiError).retryAfter ?? 2 ** count, 8),
      },
      mutations: { retry: false },
    },
  })
}

export function Providers({ queries, children }: { queries: QueryClient; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        {children}
        <Suspense>
          <Toasts />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  )
}
