"""The pages of the mediation room, for those in the mediation and for nobody else."""
