"""One verb a stage; the only place that joins every stage."""
