"""What two widgets need: Python beside the modules and the style sheet of the front end."""
