"""The development mailbox: accepts email over SMTP, stores it as files, shows it as JSON and in a browser."""
