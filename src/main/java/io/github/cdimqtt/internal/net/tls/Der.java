package io.github.cdimqtt.internal.net.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reads and writes as much DER (X.690) as it takes to convert a private key to PKCS#8 (RFC 5208), the one form that the JDK reads. */
final class Der {
    static final int SEQUENCE = 0x30;

    private static final int OCTETS = 0x04;

    /** Of SEC 1: {@code [0]}, the parameters. */
    private static final int PARAMETERS = 0xa0;

    private static final byte[] VERSION_0 = {0x02, 1, 0};

    /** rsaEncryption, 1.2.840.113549.1.1.1, and no parameters. */
    private static final byte[] RSA = {
        SEQUENCE, 13, 0x06, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 0x05, 0
    };

    /** id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC = {0x06, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private final byte[] bytes;
    private int position;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns an RSA key of PKCS#1 as PKCS#8. */
    static byte[] ofPkcs1(byte[] key) {
        return value(SEQUENCE, VERSION_0, RSA, value(OCTETS, key));
    }

    /** Returns a key of SEC 1 on a curve as PKCS#8. */
    static byte[] ofSec1(byte[] key, byte[] curve) {
        return value(SEQUENCE, VERSION_0, value(SEQUENCE, EC, curve), value(OCTETS, key));
    }

    /** Returns the curve that a key of SEC 1 names; empty if it names none. */
    static byte[] curveOf(byte[] sec1) throws PemException {
        Der outer = new Der(sec1);
        Der key = new Der(outer.content(SEQUENCE));
        key.content(0x02);
        key.content(OCTETS);
        return key.position < key.bytes.length && (key.bytes[key.position] & 0xff) == PARAMETERS
                ? key.content(PARAMETERS)
                : new byte[0];
    }

    /** Reads the next value, which must have this tag. */
    private byte[] content(int tag) throws PemException {
        if (next() != tag) {
            throw damaged();
        }
        int length = next();
        if (length > 0x7f) {
            int digits = length - 0x80;
            if (digits < 1 || digits > 3) {
                throw damaged();
            }
            length = 0;
            for (int i = 0; i < digits; i++) {
                length = length << 8 | next();
            }
        }
        if (length > bytes.length - position) {
            throw damaged();
        }
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    private int next() throws PemException {
        if (position == bytes.length) {
            throw damaged();
        }
        return bytes[position++] & 0xff;
    }

    private static PemException damaged() {
        return new PemException("the private key in it is damaged");
    }

    private static byte[] value(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream value = new ByteArrayOutputStream(length + 5);
        value.write(tag);
        if (length > 0x7f) {
            int digits = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            value.write(0x80 | digits);
            for (int i = digits - 1; i >= 0; i--) {
                value.write(length >> 8 * i);
            }
        } else {
            value.write(length);
        }
        Arrays.stream(parts).forEach(value::writeBytes);
        return value.toByteArray();
    }
}
