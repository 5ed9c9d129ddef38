"""Use cases of `export`: the almanac in formats that other programs read, one module a kind."""
