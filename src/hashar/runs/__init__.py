"""Long work with progress: what was asked for, how far it is, how it ended. The table is the queue."""
