"""What missionwire talks about: events, articles, documents, positions, filters, errors. No input or output here."""
