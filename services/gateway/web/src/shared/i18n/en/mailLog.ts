/** Emails that Evergreen sent or failed to send. */
export const mailLog = {
  title: 'Mail log',
  search: 'Search subject, recipient, number',
  empty: {
    title: 'No emails yet',
    text: 'Every email to a client appears here with its delivery status.',
  },
  statuses: { queued: 'Queued', sending: 'Sending', sent: 'Sent', failed: 'Failed' } as Record<
    string,
    string
  >,
  events: {
    'billing.invoice.document_ready.v1': 'Invoice issued',
    'agreements.hours.low.v1': 'Hours running low',
  } as Record<string, string>,
  addressees: {
    billing: 'Billing contact',
    support: 'Support contact',
    staff: 'Staff',
  } as Record<string, string>,
  fields: {
    subject: 'Subject',
    recipient: 'Recipient',
    recipientFilter: 'Recipient’s address',
    client: 'Client',
    status: 'State',
    event: 'Reason',
    attempts: 'Attempts',
    created_at: 'Created',
    sent_at: 'Sent',
    next_attempt_at: 'Next attempt',
    last_error: 'Error',
    remark: 'Mail server response',
    cc: 'Cc',
    addressee: 'Addressed to',
    resends: 'Sent again',
    about: 'About',
    message_id: 'Message ID',
    attachments: 'Attachments',
  },
  noRecipient: 'No recipient',
  parts: { delivery: 'Delivery', preview: 'The email', formatted: 'Formatted', text: 'Plain text' },
  previewOf: (subject: string) => `Email: ${subject}`,
  size: (bytes: number) => (bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`),
  times: (n: number) => (n === 0 ? 'never' : n === 1 ? 'once' : `${n} times`),
  resend: 'Send again',
  resent: (recipient: string) => `Email to ${recipient} is queued again`,
  resentMany: 'Emails queued again',
  confirm: {
    title: (n: number) => (n === 1 ? 'Send this email again?' : `Send ${n} emails again?`),
    text: 'Each email goes to the client’s current contact as a new message with the same content.',
  },
}
