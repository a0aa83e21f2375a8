package iotbox.loader;

public final class HandlerLoader {}
