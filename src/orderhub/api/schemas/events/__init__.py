"""Events at the edge: ``data.py`` is what each says, ``forms.py`` one form per topic, ``feed.py`` how they are read."""
