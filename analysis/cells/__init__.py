"""From the cells of a table to figures: what its captions, labels, units and columns say of each."""
