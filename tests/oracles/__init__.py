"""The project checked against programs that others wrote."""
