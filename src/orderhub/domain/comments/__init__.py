"""Comments: public questions and answers under items. Private words are ``messages``."""
