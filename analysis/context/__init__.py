"""What a report as a whole is about: the names it uses, its place and period, and what on its page is not its own."""
