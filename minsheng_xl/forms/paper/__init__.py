"""What leaders read: the sheets of the master that go to paper, each live and each with one layout."""
