"""What the ledger holds of forecasts: resolve them, score them, replay and compare assessments."""
