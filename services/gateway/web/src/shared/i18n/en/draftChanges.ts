/** What changed on a draft's client since the draft was made. */
export const draftChanges = {
  title: 'The client changed since this draft was made',
  text: 'The invoice will use the client’s details on the day it is issued.',
  field: 'Field',
  was: 'On the draft',
  now: 'Now',
  none: 'None',
  days: (days: string) => (days === '0' ? 'Due on receipt' : `Net ${days} days`),
  warnings: 'Check before you send it',
  fields: {
    client_name: 'Client',
    net_terms: 'Terms',
    'bill_to.contact': 'Billing contact',
    'bill_to.email': 'Billing email',
    'bill_to.address': 'Address',
    'bill_to.country': 'Country',
    'bill_to.tax_id': 'Tax ID',
    taxes: 'Taxes',
    total: 'Total',
  } as Record<string, string>,
}
