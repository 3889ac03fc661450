"""Evidence (证据包): what a case or a complaint rests on, bundled so that it can be read and checked elsewhere."""
