"""What keeps an installation running: start, work, back up, restore, look after."""
