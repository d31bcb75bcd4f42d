"""Tags that the house's templates use."""
