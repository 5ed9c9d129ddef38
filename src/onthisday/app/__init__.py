"""The program put together: a config file's workspace; what `serve`, `tick`, `build`, `draft` need.

This room alone knows adapters by name, beside the commands.
"""
