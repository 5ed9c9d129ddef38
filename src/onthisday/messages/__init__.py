"""Messages, one module a chat service: how it renders a message and reads a reply. Pure."""
