"""Mail that comes: from a mailbox (IMAP) or handed over by a mail server (SMTP, LMTP); kept before it is taken."""
