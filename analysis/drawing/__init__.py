"""What `charts` is made of: the kinds of charts, their words, and the page that they are drawn on."""
