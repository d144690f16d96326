/** Timers. */
export const timers = {
  title: 'Timers',
  timer: 'Timer',
  none: 'No timer is running. Start one on a work order.',
  open: (count: number) => (count === 1 ? 'Show your timer' : `Show your ${count} timers`),
  start: 'Start timer',
  startOn: (subject: string) => `Start a timer on ${subject}`,
  started: (number: string) => `Started a timer on ${number}`,
  running: 'running',
  paused: 'paused',
  pause: (subject: string) => `Pause the timer on ${subject}`,
  resume: (subject: string) => `Resume the timer on ${subject}`,
  stop: (subject: string) => `Stop and log the timer on ${subject}`,
  discardOf: (subject: string) => `Discard the timer on ${subject}`,
  discard: (number: string) => `Discard the timer on ${number}?`,
  discardText: 'Its time is not logged.',
  discardAction: 'Discard timer',
}
