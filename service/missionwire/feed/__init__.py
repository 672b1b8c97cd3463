"""The live feed, to be read in this order: reader, frames, ring, channels, start, subscriber, hub."""
