"""When a run counts as abandoned, and how often it is tried."""

import datetime as dt

SILENCE = dt.timedelta(minutes=2)
"""A running run that gave no sign of life for this long lost its worker."""
FORGOTTEN = dt.timedelta(days=1)
"""The row of a worker that was killed is kept for this long."""
ATTEMPTS = 3
"""So often a run is started before it is called failed: a worker that dies three times on it will die again."""
LONGEST_ROUND = dt.timedelta(hours=1)
"""A daily round that did not end in this time lost its worker."""
