"""Lessons: text files that load presets, ask for predictions and compare them with what the engine measured."""
