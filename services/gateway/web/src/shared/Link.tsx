/** Links that look like the rest and navigate without reloading. */
import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, forwardRef } from 'react'

type Native = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style' | 'size'>

export const TextLink = createLink(
  forwardRef<HTMLAnchorElement, AnchorProps & Native>((props, ref) => <Anchor ref={ref} {...props} />),
)

export const ButtonLink = createLink(
  forwardRef<HTMLAnchorElement, ButtonProps & Native>((props, ref) => (
    <Button ref={ref} component="a" {...props} />
  )),
)
