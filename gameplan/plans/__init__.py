"""What a plan must hold: the forms of IEP, 504 plan and evaluation as data, completeness, comparison, a plan's life.

Pure: no Django, no clock, no disk outside its own data files.
"""
