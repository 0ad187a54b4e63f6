"""What is owed to the people in the records: to be told, to be forgotten, to be kept no longer than agreed, to be seen
for what they can do."""
