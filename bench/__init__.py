"""Measures the service on real parts, each figure beside a reference taken in the same run."""
