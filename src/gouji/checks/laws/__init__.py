"""The laws (规律): each file turns what a dossier states into relations of one family, or into plain breaches that need no search."""
