"""Use cases of reading what people wrote: the config, and the files of the almanac."""
