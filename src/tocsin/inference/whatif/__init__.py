"""What would differ if one thing were otherwise, on the same luck."""
