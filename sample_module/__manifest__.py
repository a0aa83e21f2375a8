{
    "name": "Bench instruments",
    "summary": "Scales, calipers and thermometers of a test bench, through the IoT box",
    "description": "A sample of IoT handlers in Java, to be copied: see README.md.",
    "version": "18.0.1.0.0",
    "category": "Internet of Things (IoT)",
    "license": "LGPL-3",
    # Where the app iot is installed, too, it serves the folder iot_handlers to the box.
    "depends": ["web"],
    "assets": {
        "web.assets_backend": [
            "sample_module/static/lib/device-proxy.js",
            "sample_module/static/src/**/*",
        ],
    },
    "installable": True,
}
