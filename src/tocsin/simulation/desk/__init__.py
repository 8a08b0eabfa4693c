"""What a day is worked out on: numbers for names, records, random streams, the journal, the compiler."""
