package io.github.cdimqtt.server.app.kinds;

/** What only a converter of the application reads and writes. */
public record Point(int x, int y) {}
