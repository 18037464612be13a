"""Plots: each sort of chart drawn on a canvas of our own, mirrored where one reads from the right."""
