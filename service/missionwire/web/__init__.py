"""HTTP: one file for each resource. Litestar is known here and in `app` alone."""
