"""All input and output, a room a technology; none of them imports another."""
