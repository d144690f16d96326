/** The approval of time. */
export const timeApprovals = {
  title: 'Approvals',
  sections: { label: 'Time views', sheet: 'Time sheet' },
  table: 'Time to approve',
  states: { pending: 'Waits for approval', approved: 'Approved', returned: 'Returned' } as Record<
    string,
    string
  >,
  state: 'Approval',
  technician: 'Technician',
  from: 'Worked from',
  until: 'Worked until',
  approve: 'Approve',
  approved: 'Approved',
  return: 'Return',
  returnTitle: 'Return time to the technician',
  returned: (count: number) => (count === 1 ? 'Returned 1 entry' : `Returned ${count} entries`),
  notReturned: (count: number, why: string) => `${count} not returned: ${why}`,
  reason: 'Reason',
  reasonHint: 'The technician sees it and corrects the entry, which then waits for approval again.',
  reasonNeeded: 'Say what to correct.',
  search: 'Search in notes',
  why: (reason: string) => `Returned: ${reason}`,
  empty: {
    title: 'No time waits for approval',
    text: 'Switch on “Managers approve time” in the settings to have new time approved before it is invoiced.',
  },
}
