/** The token stands in a readable cookie beside the HttpOnly session cookie (`__Host-` prefixed over TLS). */
export function csrfToken(cookies = document.cookie): string | null {
  const match = /(?:^|;\s*)(?:__Host-)?evergreen_csrf=([^;]*)/.exec(cookies)
  return match?.[1] ? decodeURIComponent(match[1]) : null
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export const needsCsrf = (method: string) => !SAFE.has(method.toUpperCase())
