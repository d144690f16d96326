import type { Plugin } from 'vite'

export function staticShell(): Plugin
