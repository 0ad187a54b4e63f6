"""Every deployable function by name; nothing heavy is imported until one of them is called."""

import functions_framework

from functions.app import deployed_functions, process_runtime

runtime = process_runtime()
entry_points = deployed_functions(runtime)
entry_points["on_upload"] = functions_framework.cloud_event(entry_points["on_upload"])
globals().update(entry_points)  # functions-framework looks an entry point up as an attribute of this module
