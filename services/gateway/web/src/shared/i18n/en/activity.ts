export const activity = {
  title: 'Activity',
  none: 'Nothing has happened yet.',
  more: 'Earlier',
  system: 'Evergreen',
  changes: (n: number) => (n === 1 ? '1 field' : `${n} fields`),
}
