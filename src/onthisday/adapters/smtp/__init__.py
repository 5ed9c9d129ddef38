"""Mail servers: mails are sent over SMTP. Used by app/sending.py."""
