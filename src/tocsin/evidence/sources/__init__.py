"""What a source's record is worth: accuracy, copying between sources, and how far graders agree."""
