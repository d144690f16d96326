"""What is owed: billable items, invoices and their numbers, taxes, payments and balances."""
