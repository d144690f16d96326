"""The development mailbox: takes every mail over real SMTP, keeps it as a file, shows it as JSON and in a browser."""
