"""One module for each chat service: how it writes a message, and how it reads a reply. Pure.

Nothing is sent here. service/sending/ calls these modules, and an adapter sends their requests. The
facts about the services are in docs/services.md.
"""
