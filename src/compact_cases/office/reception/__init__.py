"""Reception: drafts, concerns that come in, and what their raisers are given back."""
