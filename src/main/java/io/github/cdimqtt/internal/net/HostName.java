package io.github.cdimqtt.internal.net;

import java.net.IDN;
import java.util.Locale;

/**
 * A host as a user writes it, in the form of each protocol. Immutable.
 *
 * @param written a name, also one that is not ASCII, an IPv4 address, or an IPv6 address in brackets
 */
public record HostName(String written) {

    /** Returns the name for the resolver: a dot at the end stops it from adding its search domains. */
    public String toResolve() {
        return isIpv6() ? written : IDN.toASCII(written);
    }

    /** Returns the name for the certificate and SNI: without a dot at the end (RFC 6066, section 3), without a zone. */
    public String toVerify() {
        return isIpv6() ? withoutZone().substring(1, withoutZone().length() - 1) : withoutDot();
    }

    /** Returns the name for HTTP: without a zone, which has a meaning on this machine only (RFC 6874, section 1). */
    public String toHttp() {
        return isIpv6() ? withoutZone() : withoutDot();
    }

    private boolean isIpv6() {
        return written.startsWith("[");
    }

    private String withoutZone() {
        return written.replaceFirst("%[^\\]]*", "");
    }

    private String withoutDot() {
        String ascii = toResolve().toLowerCase(Locale.ROOT);
        return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    }
}
