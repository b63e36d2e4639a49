"""An .xlsx package read: the container, its parts, plain cells. Nothing is trusted, nothing is interpreted."""
