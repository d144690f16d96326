/** Tags and custom fields. */
export const labels = {
  tags: 'Tags',
  newTag: 'New tag',
  searchTags: 'Search tags',
  noTags: { title: 'No tags yet', text: 'You can also add a tag by typing it on a client.' },
  deleteTag: (clients: number) =>
    clients === 0
      ? 'No clients have this tag.'
      : clients === 1
        ? 'This removes the tag from 1 client.'
        : `This removes the tag from ${clients} clients.`,
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
    text: 'Add your own fields to clients, contacts, locations or assets.',
  },
  deleteField: 'This permanently deletes the field and its values. Archive it to keep the values.',
  label: 'Label',
  key: 'Key',
  keyHint: 'Used in imports and the API. Can’t be changed later.',
  entity: 'Used for',
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
