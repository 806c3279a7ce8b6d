"""The proof that the record is whole: heads that are made and go out, and the check that holds it to them."""
