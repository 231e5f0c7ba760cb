"""Resolution: which place each toponym means, and what shape it is drawn as."""
