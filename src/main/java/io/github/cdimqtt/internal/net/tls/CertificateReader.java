package io.github.cdimqtt.internal.net.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates from the sections of a PEM file. */
final class CertificateReader {

    private CertificateReader() {}

    /** Returns all certificates, in order: at least one. */
    static List<X509Certificate> read(List<PemSection> sections) throws PemException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemSection section : sections) {
            if (section.isCertificate()) {
                certificates.add(certificate(section, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new PemException("there is no certificate in it, but "
                    + String.join(", ", sections.stream().map(PemSection::label).toList()));
        }
        return certificates;
    }

    private static X509Certificate certificate(PemSection section, int number) throws PemException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(section.bytes()));
        } catch (CertificateException | RuntimeException e) {
            throw new PemException("certificate " + number + " in it is damaged");
        }
    }
}
