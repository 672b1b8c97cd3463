"""The plugin host: discover, check, load, start and stop. pluggy is the registry and validator, it calls nothing."""
