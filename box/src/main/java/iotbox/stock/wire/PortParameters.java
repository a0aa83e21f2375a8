package iotbox.stock.wire;

/**
 * How a serial port is set, in the numbers of RFC 2217.
 *
 * @param baudRate bits a second
 * @param dataBits 5 to 8
 * @param parity 1 none, 2 odd, 3 even, 4 mark, 5 space
 * @param stopBits 1 or 2
 */
public record PortParameters(int baudRate, int dataBits, int parity, int stopBits) {}
