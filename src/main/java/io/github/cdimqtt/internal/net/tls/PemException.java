package io.github.cdimqtt.internal.net.tls;

/** What is wrong with a PEM file, in words for users and without any of its content. */
final class PemException extends Exception {
    private static final long serialVersionUID = 1L;

    PemException(String message) {
        super(message);
    }
}
