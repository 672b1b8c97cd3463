"""What happens to one event: the plan, the calls with their deadlines, the merging, the worker that drives it."""
