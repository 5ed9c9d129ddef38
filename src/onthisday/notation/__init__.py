"""How people write an almanac and a config, read into values with every problem at once."""
