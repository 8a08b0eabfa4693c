"""Claims read by a language model that the user names; off unless asked for."""
