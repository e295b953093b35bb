"""What comes next in every case, worked out beforehand: the stored dates, and those who are reminded of them."""
