/** The frame of pages for people with a link, who have no account. */
import { VisuallyHidden } from '@mantine/core'
import { IconTrees } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import shell from '@/app/shell/Shell.module.css'
import { ANNOUNCER } from '@/shared/focus'
import { common } from '@/shared/i18n/en/common'
import classes from './portal.module.css'

export function VisitorPage({ company, children }: { company?: string; children: ReactNode }) {
  return (
    <>
      <header className={`${shell.header} ${classes.header}`}>
        <span className={shell.brand}>
          <IconTrees aria-hidden size={22} stroke={1.8} />
          {company ?? common.product}
        </span>
      </header>
      <VisuallyHidden role="status" id={ANNOUNCER} />
      <main id="main" tabIndex={-1} className={shell.main} style={{ maxWidth: 760 }}>
        {children}
      </main>
    </>
  )
}

/** The token of the link that was opened: the part after #, which no server log sees. */
export const linkToken = () => window.location.hash.slice(1)
