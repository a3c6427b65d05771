package io.github.cdimqtt.internal.net.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * Reads PEM (RFC 7468) as it is found in practice: with text around the sections, and with the headers of RFC 1421 that
 * OpenSSL writes into encrypted keys.
 */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private Pem() {}

    /** Returns the sections of a text, in order; none if there is no BEGIN. */
    static List<PemSection> read(String text) throws PemException {
        List<PemSection> sections = new ArrayList<>();
        Iterator<String> lines = lines(text);
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + DASHES.length()) {
                sections.add(section(line.substring(BEGIN.length(), line.length() - DASHES.length()), lines));
            }
        }
        return sections;
    }

    /** Concatenated files may have a byte order mark before each part, and no line end after it. */
    private static Iterator<String> lines(String text) {
        return text.replace("\ufeff", "")
                .replace(DASHES + BEGIN, DASHES + "\n" + BEGIN)
                .lines()
                .map(String::strip)
                .iterator();
    }

    private static PemSection section(String label, Iterator<String> lines) throws PemException {
        if (!label.matches("[ -~]{1,64}")) {
            throw new PemException("a line -----BEGIN ...----- has no proper name");
        }
        StringBuilder base64 = new StringBuilder();
        boolean encrypted = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(END)) {
                if (!line.equals(END + label + DASHES)) {
                    throw new PemException("BEGIN " + label + " is followed by another END");
                }
                return new PemSection(label, encrypted, decode(label, base64));
            } else if (line.indexOf(':') >= 0) {
                encrypted |= line.startsWith("Proc-Type:") && line.endsWith("ENCRYPTED");
            } else {
                base64.append(line);
            }
        }
        throw new PemException("BEGIN " + label + " has no END: the file is cut off");
    }

    private static byte[] decode(String label, StringBuilder base64) throws PemException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException e) { // its message shows a character
            throw new PemException("what follows BEGIN " + label + " is not base64");
        }
        if (bytes.length == 0) {
            throw new PemException("nothing follows BEGIN " + label);
        }
        return bytes;
    }
}
