"""What `briefing` is made of: its contents, and the Word document and slides that they become."""
