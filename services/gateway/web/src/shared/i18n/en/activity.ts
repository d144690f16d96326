export const activity = {
  title: 'Activity',
  none: 'No activity yet.',
  more: 'Show earlier activity',
  system: 'Evergreen',
  changes: (n: number) => (n === 1 ? '1 field' : `${n} fields`),
}
