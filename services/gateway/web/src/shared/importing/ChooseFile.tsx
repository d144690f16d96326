import { Anchor, Button, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { importing as words } from '@/shared/i18n/en/importing'
import { Section } from '@/shared/Section'
import classes from './importing.module.css'
import type { ImportKind } from './types'

const MOST_BYTES = 10 * 1024 * 1024

type Props = {
  kind: ImportKind
  busy: boolean
  onChoose: (file: File) => void
  onRefuse: (why: string) => void
}

export function ChooseFile({ kind, busy, onChoose, onRefuse }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)

  function take(file: File | undefined) {
    if (!file) return
    if (file.size > (kind.whole?.mostBytes ?? MOST_BYTES))
      onRefuse(kind.whole ? words.whole.tooLarge : words.tooLarge)
    else onChoose(file)
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }

  return (
    <Section title={words.steps.file}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a target for dropping; the keyboard has the button in it */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileUpload aria-hidden size={30} stroke={1.3} />
        <Text size="sm">
          {kind.whole ? words.whole.drop : words.drop}{' '}
          <Button variant="default" size="compact-sm" loading={busy} onClick={() => input.current?.click()}>
            {words.choose}
          </Button>
        </Text>
        <Text size="xs" c="dimmed">
          {kind.whole?.formats ?? words.formats}
        </Text>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={words.fileLabel}
          accept={kind.whole?.accept ?? '.csv,.tsv,.txt,text/csv'}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // so that the same file, corrected, can be chosen again
            event.currentTarget.value = ''
          }}
        />
      </div>
      {kind.exportUrl && (
        <>
          <Anchor href={kind.exportUrl} download size="sm" mt="md" display="inline-block">
            {words.template}
          </Anchor>
          <Text size="xs" c="dimmed">
            {words.templateHint}
          </Text>
        </>
      )}
      {kind.moreHint && (
        <Text size="xs" c="dimmed" mt={4}>
          {kind.moreHint}
        </Text>
      )}
    </Section>
  )
}
