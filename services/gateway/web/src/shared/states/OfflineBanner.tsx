import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { states } from '@/shared/i18n/en/states'
import classes from './states.module.css'

export function OfflineBanner() {
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  )
  return (
    <div role="status" className={classes.offline} hidden={online}>
      {online ? '' : states.offline}
    </div>
  )
}
