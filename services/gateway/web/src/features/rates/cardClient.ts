/** The client whose rate card is edited. */
export type CardClient = { id: string; name: string; currency: string; status: string }
