/** Agreements, work orders and time. */
export const work = {
  importing: {
    of: 'File contents',
    title: 'Import work',
    time: 'Time entries',
    orders: 'Work orders',
    agreements: 'Agreements',
    timeHint:
      'A work order that does not exist is created. Give each row an external_ref: a row that is already logged is then skipped.',
    ordersHint: 'Name an existing client, and its active agreement by name or number.',
    agreementsHint:
      'Separate covered services with semicolons. Hours and rate follow the name: Remote Support | 60 | 95.00; Onsite Support.',
  },
}
