package io.github.cdimqtt.internal.net.tls;

/** The section between a BEGIN and its END in a PEM file. */
final class PemSection {
    private final String label;
    private final boolean encrypted;
    private final byte[] bytes;

    /**
     * Creates a section.
     *
     * @param encrypted whether its headers declare it encrypted, in the old format of OpenSSL
     */
    PemSection(String label, boolean encrypted, byte[] bytes) {
        this.label = label;
        this.encrypted = encrypted;
        this.bytes = bytes;
    }

    String label() {
        return label;
    }

    boolean encrypted() {
        return encrypted;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    boolean isKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isCertificate() {
        return label.equals("CERTIFICATE") || label.equals("X509 CERTIFICATE");
    }
}
