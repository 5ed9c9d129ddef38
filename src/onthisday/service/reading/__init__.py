"""Use cases of reading what people wrote: the config, and the almanac's files that changed."""
