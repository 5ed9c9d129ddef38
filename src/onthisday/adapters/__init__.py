"""All input and output. Each room here is for one technology, and no room imports another."""
