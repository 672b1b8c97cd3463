"""The author's way: a new plugin from a template, its examination, and the trace of one event through all plugins."""
