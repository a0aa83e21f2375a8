package iotbox.box.access;

/** The three questions that are asked of requests. */
public record Access(Hosts hosts, Origins origins, Owner owner) {}
