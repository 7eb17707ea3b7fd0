"""JupyterLab for readers: it asks no other host for anything."""

from pathlib import Path

HERE = Path(__file__).resolve().parent

c = get_config()  # noqa: F821
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LabApp.app_settings_dir = str(HERE)
