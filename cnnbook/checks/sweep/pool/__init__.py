"""Pooling as a kind of layer that is swept: its cases, its settings, its slips."""
