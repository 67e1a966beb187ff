"""The lesson guide: a dock beside any workspace that reads lessons aloud in text, formulas and questions."""
