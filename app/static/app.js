// Only comforts: everything works without this file.
