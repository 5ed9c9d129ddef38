"""Chat services: each has a module here that writes its messages and reads its replies.

Nothing is sent here. service/sending/ calls these modules, and an adapter sends the requests that
they make. docs/services.md has the facts about the services.
"""
