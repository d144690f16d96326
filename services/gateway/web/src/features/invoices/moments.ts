/** The moments of an invoice's past, newest first: billing's facts, who did it, and what became of each mail. */
import type { ActivityEntry, Fact, Mail } from './queries'

export type Moment = {
  kind: Fact['kind'] | 'mail'
  id: string
  when: string
  /** False where only the day is known. */
  exact: boolean
  tone?: 'bad' | 'good'
  by?: string | null
  amount?: string | null
  method?: string | null
  reference?: string | null
  status?: string
  recipient?: string
  note?: string | null
}

/** Which event of the audit log tells of a fact: it knows who, and of the issue the hour. */
const EVENTS: Partial<Record<Fact['kind'], string>> = {
  created: 'billing.invoice.created.v1',
  issued: 'billing.invoice.issued.v1',
  voided: 'billing.invoice.voided.v1',
}

export function momentsOf(facts: Fact[], activity: ActivityEntry[], mails: Mail[]): Moment[] {
  const found = [...facts.map((fact) => ofFact(fact, activity)), ...mails.map(ofMail)]
  return found
    .map((moment, place) => ({ moment, place }))
    .sort(newestFirst)
    .map(({ moment }) => moment)
}

type Placed = { moment: Moment; place: number }

function newestFirst(a: Placed, b: Placed): number {
  const [left, right] = [Date.parse(a.moment.when), Date.parse(b.moment.when)]
  return right - left || b.place - a.place
}

function ofFact(fact: Fact, activity: ActivityEntry[]): Moment {
  const entry = activity.find((one) => one.type === EVENTS[fact.kind])
  const when = fact.at ?? entry?.occurred_at ?? null
  return {
    kind: fact.kind,
    id: fact.payment_id ?? '',
    when: when ?? fact.on ?? '',
    exact: when !== null,
    by: entry?.actor_name,
    amount: fact.amount,
    method: fact.method,
    reference: fact.reference,
    tone: fact.kind === 'payment_applied' ? 'good' : undefined,
  }
}

function ofMail(mail: Mail): Moment {
  return {
    kind: 'mail',
    id: mail.id,
    when: mail.sent_at ?? mail.created_at,
    exact: true,
    status: mail.status === 'sent' && mail.resends > 0 ? 'resent' : mail.status,
    recipient: [mail.recipient, ...mail.cc].filter(Boolean).join(', '),
    note: mail.status === 'failed' || mail.status === 'queued' ? mail.last_error : null,
    tone: mail.status === 'failed' ? 'bad' : mail.status === 'sent' ? 'good' : undefined,
  }
}
