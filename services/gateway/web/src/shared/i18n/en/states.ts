/** Pages for missing, forbidden and unavailable content. */
export const states = {
  notFound: {
    title: 'Page not found',
    text: 'It may be gone, or you may not have access.',
  },
  forbidden: {
    title: 'You don’t have access',
    text: 'Ask an administrator for access to this page.',
  },
  unreachable: {
    title: 'Can’t reach Evergreen',
    text: 'Check your connection. Nothing you saved is lost.',
  },
  unavailable: {
    title: 'Temporarily unavailable',
    text: 'The rest of Evergreen keeps working. We’ll keep retrying.',
    again: (seconds: number) => `Trying again in ${seconds} s`,
  },
  broken: {
    title: 'Something went wrong',
    text: 'The error has been recorded.',
  },
  stale:
    'Someone else changed this while you were editing. The latest version is shown now. Check it and save again.',
  offline: 'You are offline. This page may be out of date.',
  requestId: (id: string) => `Request ${id}`,
  home: 'Go to the dashboard',
  emptyFiltered: {
    title: 'No matches',
    text: 'Nothing matches this search and these filters.',
    clear: 'Clear filters',
  },
}
