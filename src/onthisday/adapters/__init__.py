"""All input and output. Each room here is one technology, and none imports another."""
