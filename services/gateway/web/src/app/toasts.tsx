import { Notifications, useNotifications } from '@mantine/notifications'
import '@mantine/notifications/styles.css'
import { useEffect } from 'react'
import classes from './toasts.module.css'

const SPACE = '--toast-space'
const WITHOUT_NAVIGATION = '(max-width: 62em)'

/** Beside the navigation there is nothing to cover; without it, bars at the foot of the page move up by the space. */
export default function Toasts() {
  const shown = useNotifications().notifications.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: the box is there once a message is shown
  useEffect(() => {
    const box = document.querySelector(`.${classes.toasts}[data-position="bottom-left"]`)
    if (!box) return
    const keepFree = () => {
      const strip = matchMedia(WITHOUT_NAVIGATION).matches || location.pathname.startsWith('/portal')
      const height = strip ? box.getBoundingClientRect().height : 0
      document.documentElement.style.setProperty(SPACE, height > 0 ? `${Math.ceil(height) + 16}px` : '0px')
    }
    const observer = new ResizeObserver(keepFree)
    observer.observe(box)
    return () => observer.disconnect()
  }, [shown])
  return (
    <Notifications
      position="bottom-left"
      limit={4}
      containerWidth="auto"
      classNames={{ root: classes.toasts, notification: classes.toast }}
    />
  )
}
