"""Case files as companies have them, brought onto the desk (政策第四条: know the client, the debt, the history).

``read_file`` reads and judges without a database; ``rehearse`` says line by line what an import would do; ``load``
writes all or nothing, or with ``skip_bad`` the good lines; ``desk.rejects`` gives back the others with reasons.
"""
