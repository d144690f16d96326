"""What every Evergreen service shares: transactions, events, HTTP habits. No business nouns live here."""
