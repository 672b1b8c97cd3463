"""The live feed, to be read in this order: frames, ring, channels, start, hub, then the two ways to a subscriber.

`direct` and `fanout` serve plain streams, whose connection is handed over; `subscriber` all others, through ASGI.
"""
