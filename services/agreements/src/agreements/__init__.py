"""What was agreed with a client, the hours it grants, the work orders and the time logged on them."""
