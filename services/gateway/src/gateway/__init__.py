"""The gateway: signs users in, forwards their requests and keeps the audit log."""
