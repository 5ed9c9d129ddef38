"""Read and write the files that people keep: almanac, config, documents, the finished site.

Nothing here decides what is right or wrong in an almanac. ``trees`` turns YAML and JSON Lines into
dicts and lists. ``folders`` finds the almanac's files and the documents' texts. ``writing`` writes
a file whole or not at all. Called by app/ and the commands; the use cases call this by protocols.
"""
