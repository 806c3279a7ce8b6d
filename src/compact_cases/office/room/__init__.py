"""The mediation room: what those in a mediation write to each other, kept apart from everything else."""
