"""Reports (报表): figures defined once, counted in SQL, and shown in every form from the same ``figure.Report``."""
