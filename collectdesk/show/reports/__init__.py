"""The forms of a report: terminal, JSON, CSV, XLSX, HTML; each shows one ``Report`` and computes nothing of its own."""
