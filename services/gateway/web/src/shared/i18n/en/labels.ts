/** Words of tags and custom fields. */
export const labels = {
  tags: 'Tags',
  newTag: 'New tag',
  searchTags: 'Search tags',
  noTags: { title: 'No tags yet', text: 'A tag is also made by typing a new one at a client.' },
  deleteTag: (clients: number) =>
    clients === 0
      ? 'No client has it.'
      : clients === 1
        ? 'It is taken off 1 client.'
        : `It is taken off ${clients} clients.`,
  name: 'Name',
  color: 'Color',
  colors: {
    gray: 'Gray',
    red: 'Red',
    orange: 'Orange',
    yellow: 'Yellow',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    purple: 'Purple',
    pink: 'Pink',
  },
  clients: 'Clients',
  actions: 'Actions',
  actionsOf: (name: string) => `Actions for ${name}`,
  edit: (name: string) => `Edit ${name}`,
  fields: 'Custom fields',
  newField: 'New custom field',
  searchFields: 'Search custom fields',
  noFields: {
    title: 'No custom fields yet',
    text: 'Add what your clients, contacts, locations or assets need beyond the usual.',
  },
  deleteField: 'The answers given so far are lost. Archiving keeps them.',
  label: 'Label',
  key: 'Key',
  keyHint: 'For imports and the API. Cannot change later.',
  entity: 'Of',
  entities: { client: 'Clients', contact: 'Contacts', location: 'Locations', asset: 'Assets' },
  type: 'Type',
  types: {
    text: 'Text',
    number: 'Number',
    date: 'Date',
    boolean: 'Yes or no',
    select: 'Choice',
    email: 'Email',
    url: 'Web address',
  },
  options: 'Choices',
  optionsHint: 'Press Enter or a semicolon after each.',
  required: 'Required',
  order: 'Order',
}
