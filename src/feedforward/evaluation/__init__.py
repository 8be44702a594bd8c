"""`feedforward evaluate`: marked texts of a CSV file → how far readers agree with the people who marked them."""
