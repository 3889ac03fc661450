"""Today (今日): what waits for whoever is signed in, collected from every chapter."""
