/** Attachments: the files of an entry as links, and the chooser of files for a new note. */
import { ActionIcon, Button, FileButton, Group, Text } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { fileSize } from '@/shared/fileSize'
import { conversation as words } from '@/shared/i18n/en/conversation'
import classes from './conversation.module.css'
import type { TimelineEntry } from './queries'

type Attachment = NonNullable<TimelineEntry['attachment']>

export function AttachmentLinks({ orderId, files }: { orderId: string; files: Attachment[] }) {
  if (files.length === 0) return null
  return (
    <ul className={classes.files} aria-label={words.files}>
      {files.map((file) => (
        <li key={file.id}>
          <IconPaperclip aria-hidden size={14} />
          <a href={`/api/v1/work-orders/${orderId}/attachments/${file.id}`} target="_blank" rel="noreferrer">
            {file.name}
          </a>
          <Text span size="xs" c="dimmed">
            {fileSize(file.size)}
          </Text>
        </li>
      ))}
    </ul>
  )
}

type ChooserProps = { files: File[]; onChange: (files: File[]) => void }

export function FileChooser({ files, onChange }: ChooserProps) {
  return (
    <>
      {files.length > 0 && (
        <ul className={classes.files} aria-label={words.chosen}>
          {files.map((file) => (
            <li key={`${file.name} ${file.size} ${file.lastModified}`}>
              <IconPaperclip aria-hidden size={14} />
              {file.name}
              <ActionIcon
                size="sm"
                aria-label={words.leaveOut(file.name)}
                onClick={() => onChange(files.filter((one) => one !== file))}
              >
                <IconX aria-hidden size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Group>
        <FileButton multiple onChange={(added) => onChange([...files, ...added])}>
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPaperclip aria-hidden size={14} />}
            >
              {words.attach}
            </Button>
          )}
        </FileButton>
      </Group>
    </>
  )
}
