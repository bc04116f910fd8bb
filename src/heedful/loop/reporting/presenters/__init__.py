"""What pages say: frozen values in plain words, ready for a template."""
