// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.contract.plugin.JarSignatures;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.KeyRevocation;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerKey;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.SignerKeys;
import eu.nephele.smo.core.plugins.admission.PluginSignature.SignatureState;
import java.io.IOException;
import java.security.CodeSigner;
import java.security.Timestamp;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/**
 * Who is trusted, and with what: signers with their keys, then the certificates of the trust store, which may bring
 * anything. What is said of a key of a signer counts for it also where the trust store has its certificate.
 */
public record SignerTrust(TrustStore store, List<PluginSigner> signers) {

    public static final SignerTrust NOBODY = new SignerTrust(TrustStore.NOBODY, List.of());

    private static final int SHOWN_DIGITS = 12;

    public SignerTrust {
        signers = List.copyOf(signers);
    }

    private record KeyOwner(PluginSigner signer, SignerKey key) {}

    /** @param signatures of the file, all of whose entries were read */
    PluginSignature judge(JarSignatures signatures, JarFile jar, Instant now) throws IOException {
        Optional<String> violation = signatures.violation(jar);
        if (violation.isPresent()) {
            return PluginSignature.untrusted(SignatureState.MODIFIED, violation.get());
        }
        return signatures.signers().stream()
                .map(signer -> judge(signer, now))
                // the best of several; of two that are trusted the one who may do more
                .min(Comparator.comparing(PluginSignature::state)
                        .thenComparing(PluginSignature::scope, Comparator.reverseOrder()))
                .filter(any -> signatures.isSigned())
                .orElseGet(() -> PluginSignature.untrusted(SignatureState.UNSIGNED, "not signed"));
    }

    private PluginSignature judge(CodeSigner signer, Instant now) {
        List<X509Certificate> chain = chain(signer);
        X509Certificate certificate = chain.get(0);
        Optional<String> weak = SignerKeys.tooWeak(certificate.getPublicKey());
        if (weak.isPresent()) {
            return PluginSignature.untrusted(
                    SignatureState.MODIFIED, "is signed with a key that is too short: " + weak.get());
        }
        Instant at = trustedTime(signer.getTimestamp()).orElse(now);
        String fingerprint = SignerKeys.fingerprint(certificate);
        return signers.stream()
                .flatMap(one -> one.keys().stream()
                        .filter(key -> key.fingerprint().equals(fingerprint))
                        .map(key -> new KeyOwner(one, key)))
                .findFirst()
                .map(owner -> ofSigner(owner, at))
                .orElseGet(() -> ofStore(chain, fingerprint, at));
    }

    private static List<X509Certificate> chain(CodeSigner signer) {
        List<X509Certificate> chain = new ArrayList<>();
        signer.getSignerCertPath().getCertificates().forEach(each -> chain.add((X509Certificate) each));
        return chain;
    }

    /** The JDK verifies a time stamp, not who made it: anybody could be an authority of time and sign for the past. */
    private Optional<Instant> trustedTime(Timestamp stamp) {
        if (stamp == null) {
            return Optional.empty();
        }
        List<X509Certificate> authority = new ArrayList<>();
        stamp.getSignerCertPath().getCertificates().forEach(each -> authority.add((X509Certificate) each));
        Instant at = stamp.getTimestamp().toInstant();
        return store.vouchesForTime(authority, at) ? Optional.of(at) : Optional.empty();
    }

    private static PluginSignature ofSigner(KeyOwner owner, Instant at) {
        SignerKey key = owner.key();
        String who = "%s (%s, key %s)"
                .formatted(
                        owner.signer().name(), key.subject(), key.fingerprint().substring(0, SHOWN_DIGITS));
        if (key.revocation().isPresent()) {
            return new PluginSignature(
                    SignatureState.REVOKED,
                    Optional.of(who),
                    "signed by %s, a key that %s"
                            .formatted(who, revoked(key.revocation().get())),
                    Optional.of(key.fingerprint()),
                    owner.signer().scope());
        }
        // the validity of the certificate that is known here: whoever has an old key can extend that in the file
        boolean valid = !at.isBefore(key.from()) && !at.isAfter(key.until());
        return new PluginSignature(
                valid ? SignatureState.TRUSTED : SignatureState.EXPIRED,
                Optional.of(who),
                valid
                        ? "signed by " + who
                        : "signed by %s with a key that is valid from %s to %s only"
                                .formatted(who, key.from(), key.until()),
                Optional.of(key.fingerprint()),
                owner.signer().scope());
    }

    public static String revoked(KeyRevocation revocation) {
        return "was revoked at %s%s"
                .formatted(revocation.at(), revocation.reason().isEmpty() ? "" : ": " + revocation.reason());
    }

    private PluginSignature ofStore(List<X509Certificate> chain, String fingerprint, Instant at) {
        X509Certificate certificate = chain.get(0);
        String subject = certificate.getSubjectX500Principal().getName();
        return switch (store.judge(chain, at)) {
            case TRUSTED ->
                new PluginSignature(
                        SignatureState.TRUSTED,
                        Optional.of(subject),
                        "signed by " + subject,
                        Optional.of(fingerprint),
                        SignerScope.ANYTHING);
            case FOREIGN ->
                new PluginSignature(
                        SignatureState.FOREIGN,
                        Optional.of(subject),
                        "signed by %s, who is not in the trust store".formatted(subject),
                        Optional.of(fingerprint),
                        SignerScope.ANYTHING);
            case EXPIRED ->
                new PluginSignature(
                        SignatureState.EXPIRED,
                        Optional.of(subject),
                        "signed by %s with a certificate that is valid from %s to %s only"
                                .formatted(
                                        subject,
                                        certificate.getNotBefore().toInstant(),
                                        certificate.getNotAfter().toInstant()),
                        Optional.of(fingerprint),
                        SignerScope.ANYTHING);
        };
    }
}
