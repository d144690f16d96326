/** What the time dialog holds, and the request it becomes: hours on a day, or a start and an end. */
import { dayIn, daysLater, timeIn, today } from '@/shared/dates'
import { workOrders as words } from '@/shared/i18n/en/workOrders'
import { formatQuantity } from '@/shared/money'
import { hoursProblem, readHours } from '@/shared/numbers'
import type { NewTime, TimeEntry } from './queries'

const { time: texts } = words

export type Values = {
  by: 'hours' | 'times'
  hours: string
  worked_on: string
  /** Times of day, like "09:15". */
  started_at: string
  ended_at: string
  nextDay: boolean
  service_id: string
  technician_id: string
  note: string
  billable: boolean
}

export const blank: Values = {
  by: 'hours',
  hours: '',
  worked_on: today(),
  started_at: '',
  ended_at: '',
  nextDay: false,
  service_id: '',
  technician_id: '',
  note: '',
  billable: true,
}

/** Shows an entry's start and end in the MSP's time zone, as the server reads them. */
export const valuesIn =
  (zone: string) =>
  (entry: TimeEntry): Values => {
    const { started_at, ended_at } = entry
    return {
      by: started_at ? 'times' : 'hours',
      hours: formatQuantity(entry.hours!),
      worked_on: entry.worked_on!,
      started_at: started_at ? timeIn(zone, started_at) : '',
      ended_at: ended_at ? timeIn(zone, ended_at) : '',
      nextDay: Boolean(ended_at && dayIn(zone, ended_at) !== entry.worked_on),
      service_id: entry.client_service_id ?? '',
      technician_id: entry.technician_id ?? '',
      note: entry.note ?? '',
      billable: entry.billable ?? true,
    }
  }

/** Messages by field; an empty object if the values can be sent. */
export function problemsOf(values: Values): Record<string, string> {
  const found: [string, string | null][] = [['worked_on', values.worked_on ? null : texts.dateNeeded]]
  if (values.by === 'hours') found.push(['hours', hoursProblem(values.hours)])
  else
    found.push(['started_at', values.started_at ? null : texts.startNeeded], ['ended_at', endProblem(values)])
  return Object.fromEntries(found.filter((one): one is [string, string] => one[1] !== null))
}

function endProblem({ started_at: start, ended_at: end, nextDay }: Values) {
  if (!end) return texts.endNeeded
  return start && !nextDay && end <= start ? texts.endFirst : null
}

export function bodyOf(values: Values, entry: TimeEntry | null): NewTime {
  const technician = entry?.technician_id === null && values.technician_id === ''
  return {
    ...whenOf(values, entry),
    service_id: values.service_id || null,
    note: values.note.trim() || null,
    billable: values.billable,
    // an imported technician has a name only, which stays until another one is chosen
    ...(technician ? {} : { technician_id: values.technician_id || null }),
  }
}

function whenOf(values: Values, entry: TimeEntry | null): NewTime {
  const { by, hours, worked_on, started_at, ended_at, nextDay } = values
  if (by === 'hours') {
    const noTimes = entry?.started_at ? { started_at: null, ended_at: null } : {}
    return { hours: readHours(hours)!, worked_on, ...noTimes }
  }
  const lastDay = nextDay ? daysLater(worked_on, 1) : worked_on
  return { started_at: `${worked_on}T${started_at}`, ended_at: `${lastDay}T${ended_at}` }
}
