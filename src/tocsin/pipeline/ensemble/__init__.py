"""Many runs of a simulation: in pieces, on threads or on Ray, kept in Parquet, gone on with after a stop."""
