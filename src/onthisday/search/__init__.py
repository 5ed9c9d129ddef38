"""Search: how texts are folded, what a person asks for, which words of an entry are hits."""
