/** True when a key press belongs to a field, an open dialog or menu, or carries a modifier: shortcuts then stay quiet. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (
    target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]')
  )
    return true
  return target.closest('[role=dialog], [role=menu], dialog[open]') !== null
}
