"""From a sentence to figures: which indicator each number states, of which place and period, reached or planned."""
