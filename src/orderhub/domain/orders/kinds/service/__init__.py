"""The room of the kind `service`: a freelancer works for a buyer."""
