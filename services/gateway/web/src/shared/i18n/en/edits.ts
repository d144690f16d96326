/** Edits that are not saved yet, and edits that meet. */
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
    `Someone else changed this while you were editing. ${n === 1 ? 'One field that you changed too is' : `${n} fields that you changed too are`} marked: your value is kept. Check the form and save again.`,
  theirs: (value: string) => `Changed by someone else to ${value}. Your value is kept.`,
  takeTheirs: 'Use theirs',
  empty: 'empty',
  another: 'another value',
  yes: 'yes',
  no: 'no',
}
