"""What a sentence means beyond the words of the lexicon: a sentence encoder, taught with texts of our own."""
