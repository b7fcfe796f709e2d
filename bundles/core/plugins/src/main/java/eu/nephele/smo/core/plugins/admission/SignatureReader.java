// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import eu.nephele.smo.core.plugins.admission.PluginSignature.SignatureState;
import java.io.IOException;
import java.security.CodeSigner;
import java.security.Timestamp;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Collects who signed the entries of one file while they are read, and judges them afterwards. */
final class SignatureReader {

    private final Map<String, List<CodeSigner>> signers = new LinkedHashMap<>();
    private boolean signatureFiles;
    private Optional<String> modified = Optional.empty();

    /** An entry was read to its end. */
    void read(JarEntry entry) {
        if (isSignature(entry.getName())) {
            signatureFiles |= entry.getName().toUpperCase(Locale.ROOT).endsWith(".SF");
        } else if (!entry.isDirectory()) {
            CodeSigner[] of = entry.getCodeSigners();
            signers.put(entry.getName(), of == null ? List.of() : List.of(of));
        }
    }

    /** An entry is not what was signed. */
    void modified(String entry, SecurityException how) {
        modified = Optional.of("%s is not what was signed (%s)".formatted(entry, how.getMessage()));
    }

    PluginSignature judge(JarFile jar, TrustStore trust, Instant now) throws IOException {
        Optional<String> change = modified.or(() -> partly()).or(() -> missing(jar));
        if (change.isPresent()) {
            return new PluginSignature(
                    SignatureState.MODIFIED, Optional.empty(), "changed after it was signed: " + change.get());
        }
        if (!signatureFiles) {
            return new PluginSignature(SignatureState.UNSIGNED, Optional.empty(), "not signed");
        }
        return signers.values().stream()
                .flatMap(List::stream)
                .distinct()
                .filter(signer -> signers.values().stream().allMatch(of -> of.contains(signer)))
                .map(signer -> judge(signer, trust, now))
                .min((a, b) -> a.state().compareTo(b.state()))
                .orElseGet(() -> new PluginSignature(
                        SignatureState.MODIFIED, Optional.empty(), "consists of parts with different signers"));
    }

    private static PluginSignature judge(CodeSigner signer, TrustStore trust, Instant now) {
        List<X509Certificate> chain = new ArrayList<>();
        signer.getSignerCertPath().getCertificates().forEach(each -> chain.add((X509Certificate) each));
        String subject = chain.get(0).getSubjectX500Principal().getName();
        Timestamp stamp = signer.getTimestamp();
        Instant at = stamp == null ? now : stamp.getTimestamp().toInstant();
        return switch (trust.judge(chain, at)) {
            case TRUSTED -> new PluginSignature(SignatureState.TRUSTED, Optional.of(subject), "signed by " + subject);
            case FOREIGN ->
                new PluginSignature(
                        SignatureState.FOREIGN,
                        Optional.of(subject),
                        "signed by %s, who is not in the trust store".formatted(subject));
            case EXPIRED ->
                new PluginSignature(
                        SignatureState.EXPIRED,
                        Optional.of(subject),
                        "signed by %s with a certificate that is valid from %s to %s only"
                                .formatted(
                                        subject,
                                        chain.get(0).getNotBefore().toInstant(),
                                        chain.get(0).getNotAfter().toInstant()));
        };
    }

    private Optional<String> partly() {
        if (!signatureFiles) {
            return Optional.empty();
        }
        List<String> unsigned = signers.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (unsigned.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                unsigned.size() == signers.size()
                        ? "its signature is invalid, or uses an algorithm that is no longer accepted"
                        : "%s was added later and is not signed".formatted(unsigned.get(0)));
    }

    private Optional<String> missing(JarFile jar) {
        if (!signatureFiles) {
            return Optional.empty();
        }
        try {
            Manifest manifest = jar.getManifest();
            Set<String> names = manifest == null
                    ? Set.of()
                    : new TreeSet<>(manifest.getEntries().keySet());
            List<String> gone =
                    names.stream().filter(name -> jar.getEntry(name) == null).collect(Collectors.toList());
            return gone.isEmpty() ? Optional.empty() : Optional.of(gone.get(0) + " was signed and is missing");
        } catch (IOException | SecurityException unreadable) {
            return Optional.of("its manifest cannot be read: " + unreadable.getMessage());
        }
    }

    static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (!upper.startsWith("META-INF/") || upper.indexOf('/', "META-INF/".length()) >= 0) {
            return false;
        }
        return upper.equals("META-INF/MANIFEST.MF")
                || upper.startsWith("META-INF/SIG-")
                || upper.endsWith(".SF")
                || upper.endsWith(".RSA")
                || upper.endsWith(".DSA")
                || upper.endsWith(".EC");
    }
}
