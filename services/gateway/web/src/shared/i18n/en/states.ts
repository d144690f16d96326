/** What the product says when there is nothing to show, or no way to show it. */
export const states = {
  notFound: {
    title: 'Nothing here',
    text: 'It does not exist, or it is not yours to see.',
  },
  forbidden: {
    title: 'Not for your role',
    text: 'Your account may not open this page. An administrator can change that.',
  },
  unreachable: {
    title: 'Evergreen cannot be reached',
    text: 'Check the connection. Nothing you saved is lost.',
  },
  unavailable: {
    title: 'This part is away for a moment',
    text: 'The rest of Evergreen keeps working. It is tried again by itself.',
    again: (seconds: number) => `Trying again in ${seconds} s`,
  },
  broken: {
    title: 'Something went wrong',
    text: 'The error has been recorded.',
  },
  stale: 'Someone else changed this meanwhile. The newest version is shown now. Check it and save again.',
  offline: 'You are offline. What you see may be out of date.',
  newVersion: 'A new version of Evergreen is ready.',
  requestId: (id: string) => `Request ${id}`,
  home: 'Go to the dashboard',
  emptyFiltered: {
    title: 'No match',
    text: 'Nothing fits this search and these filters.',
    clear: 'Clear filters',
  },
}
