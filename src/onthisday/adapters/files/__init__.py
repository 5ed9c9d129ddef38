"""Files as people keep them: almanac and config read, the site written. Nothing is judged here.

``trees`` turns YAML and JSON Lines into plain trees, ``folders`` finds an almanac's files and
documents' texts, ``writing`` writes atomically. Called by the use cases and by app/.
"""
