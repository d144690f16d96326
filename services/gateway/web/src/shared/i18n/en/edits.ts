/** Unsaved edits and edit conflicts. */
export const edits = {
  leave: {
    title: 'Leave without saving?',
    text: 'Your changes have not been saved.',
    discard: 'Discard changes',
    stay: 'Keep editing',
  },
  merged:
    'Someone else changed this while you were editing. Their changes are in the form now. Check it and save again.',
  conflicts: (n: number) =>
    `Someone else changed this while you were editing. ${n === 1 ? 'The field you both changed is marked and keeps' : `The ${n} fields you both changed are marked and keep`} your value. Check the form and save again.`,
  theirs: (value: string) => `Someone else changed this to ${value}. Your value is kept.`,
  takeTheirs: 'Use theirs',
  empty: 'empty',
  another: 'another value',
  yes: 'yes',
  no: 'no',
}
