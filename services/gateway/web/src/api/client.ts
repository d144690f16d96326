/** Sets up the generated client once per entry: CSRF header, one error class, and what to do when the session ends. */
import { csrfToken, needsCsrf } from './csrf'
import { client } from './gen/client.gen'
import { toApiError } from './problem'

let onSignedOut: () => void = () => {}

export function configureApi(options: { onSignedOut: () => void }): void {
  onSignedOut = options.onSignedOut
}

client.setConfig({ baseUrl: window.location.origin, credentials: 'same-origin' })

client.interceptors.request.use((request) => {
  const token = needsCsrf(request.method) ? csrfToken() : null
  if (token) request.headers.set('X-CSRF-Token', token)
  return request
})

client.interceptors.error.use((error, response) => {
  if (error instanceof DOMException && error.name === 'AbortError') return error
  if (response?.status === 401 && !response.url.includes('/auth/')) onSignedOut()
  return toApiError(error, response)
})
