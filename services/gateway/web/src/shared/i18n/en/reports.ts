/** Words of the reports. */
export const reports = {
  utilization: {
    title: 'Agreement utilization',
    lead: 'Prepaid and monthly hours in the current period. Projected dates use the pace of the last 30 days.',
    search: 'Search agreements by number, name or reference',
    empty: {
      title: 'No hours to report',
      text: 'Active agreements with prepaid or monthly hours appear here.',
    },
    never: 'N/A',
    levels: { yellow: 'Running low', red: 'Nearly used up' } as Record<string, string>,
    fields: {
      name: 'Agreement and services',
      client: 'Client',
      allocated: 'Allocated',
      used: 'Used',
      remaining: 'Left',
      usedPercent: 'Used, %',
      warning: 'Warning',
      exhaustion: 'Projected exhaustion',
      inRange: 'Worked in range',
      from: 'Worked from',
      until: 'Worked until',
    },
  },
}
