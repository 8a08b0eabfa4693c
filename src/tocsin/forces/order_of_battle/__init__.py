"""Orders of battle in the forms in which they come: CSV, JSON and scenarios of ORBAT-Mapper."""
