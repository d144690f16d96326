/** Ctrl-K: go to any page, client or invoice by name. Loaded when it is first opened. */
import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { Dialog } from '@/shared/form/Dialog'
import { common } from '@/shared/i18n/en/common'
import { states } from '@/shared/i18n/en/states'
import classes from './Palette.module.css'
import { type Target, useTargets } from './useTargets'

export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const combobox = useCombobox({ opened: true })
  const { groups, settled } = useTargets(text)
  const targets = groups.flatMap((group) => group.targets)
  const shown = targets.map((target) => target.href).join(' ')

  /** Enter was pressed while the matches on screen were still those of an earlier text. */
  const [going, setGoing] = useState(false)

  // Enter takes the first match, also once the server's matches have come in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list on screen is what has changed
  useEffect(() => {
    combobox.selectFirstOption()
  }, [shown])

  // The field names its list only after the list has an id, which it gets when first shown.
  const [, setListed] = useState(false)
  useEffect(() => setListed(true), [])

  function go(href: string) {
    onClose()
    navigate({ href })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the matches have come, or there was nothing to wait for
  useEffect(() => {
    if (!going || !settled) return
    setGoing(false)
    if (targets[0]) go(targets[0].href)
  }, [going, settled])

  function waitForMatches(event: KeyboardEvent) {
    if (event.key !== 'Enter' || settled || combobox.getSelectedOptionIndex() > 0) return
    event.preventDefault()
    event.stopPropagation()
    setGoing(true)
  }

  return (
    <Dialog
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      yOffset="10dvh"
      size="lg"
      attributes={{ content: { 'aria-label': common.search } }}
    >
      <Combobox store={combobox} onOptionSubmit={go}>
        <Combobox.EventsTarget withExpandedAttribute>
          <TextInput
            data-autofocus
            size="md"
            variant="unstyled"
            className={classes.search}
            aria-label={common.search}
            placeholder={common.searchEverything}
            leftSection={<IconSearch aria-hidden size={18} stroke={1.7} />}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setGoing(false)
            }}
            onKeyDownCapture={waitForMatches}
            // the open list keeps Escape to itself, and the dialog would stay
            onKeyDown={(event) => event.key === 'Escape' && onClose()}
          />
        </Combobox.EventsTarget>
        <Combobox.Options tabIndex={0} className={classes.list} aria-label={common.found}>
          {groups.map((group) => (
            <Combobox.Group key={group.name} label={group.name}>
              {group.targets.map((target) => (
                <Option key={target.href} target={target} />
              ))}
            </Combobox.Group>
          ))}
          {targets.length === 0 && <Combobox.Empty>{states.emptyFiltered.title}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
    </Dialog>
  )
}

function Option({ target }: { target: Target }) {
  return (
    <Combobox.Option value={target.href} className={classes.option}>
      <target.Icon aria-hidden size={18} stroke={1.6} />
      <span>{target.label}</span>
      {target.detail && <span className={classes.detail}>{target.detail}</span>}
    </Combobox.Option>
  )
}
