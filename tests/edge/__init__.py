"""What the edge promises: the right status and document for every request, over a whole Docket in memory."""
