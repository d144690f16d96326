/** Work orders that are created on a calendar. */
const UNITS: Record<string, [string, string]> = {
  days: ['day', 'days'],
  weeks: ['week', 'weeks'],
  months: ['month', 'months'],
}

export const recurringOrders = {
  title: 'Recurring work orders',
  section: 'Recurring',
  new: 'New recurring work order',
  edit: 'Edit recurring work order',
  empty: {
    title: 'No recurring work orders yet',
    text: 'A recurring work order is created from a template on each of its days, such as a monthly server check.',
  },
  status: { active: 'Active', paused: 'Paused', ended: 'Ended' } as Record<string, string>,
  fields: {
    subject: 'Subject',
    client: 'Client',
    client_id: 'Client',
    template_id: 'Template',
    agreement_id: 'Agreement',
    technician_id: 'Technician',
    starts_on: 'First day',
    ends_on: 'Last day',
    every: 'Every',
    unit: 'Unit',
    due_in_days: 'Due after (days)',
    catch_up: 'Missed days',
    billable: 'Billable',
    rhythm: 'Rhythm',
    next: 'Next dates',
    last: 'Last order',
    status: 'Status',
  } as Record<string, string>,
  units: { days: 'Days', weeks: 'Weeks', months: 'Months' } as Record<string, string>,
  rhythm: (every: number, unit: string) => {
    const [one, several] = UNITS[unit] ?? [unit, unit]
    return every === 1 ? `Every ${one}` : `Every ${every} ${several}`
  },
  subjectHint: 'Leave empty to use the template’s subject.',
  startsHint: 'The other days are counted from it. No order is created for days before today.',
  dueHint: 'Leave empty for orders without a due day.',
  catchUp: {
    all: 'Create an order for each missed day',
    latest: 'Create an order for the latest day only',
  } as Record<string, string>,
  clientNeeded: 'Choose a client.',
  templateNeeded: 'Choose a template.',
  noTemplates: 'Create a template first.',
  dayNeeded: 'Choose the first day.',
  noAgreement: 'No agreement',
  nobody: 'Unassigned',
  pause: 'Pause',
  resume: 'Resume',
  paused: (name: string) => `Paused ${name}`,
  resumed: (name: string) => `Resumed ${name}`,
  deleteText: 'Work orders that were created stay. No more are created.',
  waits: 'The next order could not be created.',
  none: 'No more dates',
}
