"""The mechanisms of a day, in the order of the day: numbers and records in, numbers and records out."""
