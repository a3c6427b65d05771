package io.github.cdimqtt.internal.net.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** Checks that a private key belongs to a certificate: by signing, which works for every algorithm. */
final class KeyPairCheck {
    private static final byte[] TEXT = {1, 2, 3};

    private KeyPairCheck() {}

    static boolean belong(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = signature(key);
            signature.initSign(key);
            signature.update(TEXT);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(TEXT);
            return signature.verify(signed);
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static Signature signature(PrivateKey key) throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "DSA" -> Signature.getInstance("SHA256withDSA");
            case "RSASSA-PSS" -> pss();
            default -> Signature.getInstance(key.getAlgorithm());
        };
    }

    private static Signature pss() throws GeneralSecurityException {
        AlgorithmParameterSpec parameters = new PSSParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(parameters);
        return signature;
    }
}
