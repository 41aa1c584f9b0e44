"""Files as they come in from outside: what is checked before anything reads them, whatever they hold."""
