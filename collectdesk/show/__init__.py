"""The face (界面): how results, questions and refusals look; it words what the gate and the desk decide."""
