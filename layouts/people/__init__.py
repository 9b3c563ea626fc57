"""Pages written by the server for people who sign in: forms, lists, what became of them."""
