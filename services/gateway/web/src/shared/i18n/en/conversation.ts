/** The timeline of a work order and the box for notes, for staff and client users. */
export const conversation = {
  title: 'Timeline',
  entries: 'Timeline entries',
  none: 'No notes yet.',
  more: 'Show more',
  somebody: 'Unknown person',
  internal: 'Internal',
  visible: 'Sent to the client',
  byClient: 'Client',
  note: 'New note',
  reply: 'Reply to client',
  addInternal: 'Add internal note',
  replied: 'Sent the reply to the client',
  added: 'Added the internal note',
  textNeeded: 'Write a text first.',
  moved: (from: string, to: string) => `changed the status from “${from}” to “${to}”`,
  logged: (hours: string, service: string | null) =>
    `logged ${hours} h${service === null ? '' : ` of ${service}`}`,
  portal: {
    title: 'Messages and progress',
    label: 'Your message',
    send: 'Send message',
    sent: 'Sent the message',
    closed: 'This work order is closed. Send a new one if you need more help.',
  },
}
