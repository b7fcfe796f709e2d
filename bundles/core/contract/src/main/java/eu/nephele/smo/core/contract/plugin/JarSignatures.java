// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import java.io.IOException;
import java.security.CodeSigner;
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

/**
 * Collects who signed the entries of one jar while they are read, and says afterwards whether they have signed all of it.
 * Stricter than the JDK: see {@link SignatureFiles}.
 */
public final class JarSignatures {

    private static final String CHANGED = "changed after it was signed: ";

    private final Map<String, List<CodeSigner>> signers = new LinkedHashMap<>();
    private boolean signatureFiles;
    private Optional<String> modified = Optional.empty();

    /** An entry was read to its end. */
    public void read(JarEntry entry) {
        if (isSignature(entry.getName())) {
            signatureFiles |= entry.getName().toUpperCase(Locale.ROOT).endsWith(".SF");
        } else if (!entry.isDirectory()) {
            CodeSigner[] of = entry.getCodeSigners();
            signers.put(entry.getName(), of == null ? List.of() : List.of(of));
        }
    }

    /** An entry is not what was signed. */
    public void modified(String entry, SecurityException how) {
        modified = Optional.of("%s is not what was signed (%s)".formatted(entry, how.getMessage()));
    }

    public boolean isSigned() {
        return signatureFiles;
    }

    /** Why the file is not what somebody has signed; empty when it is, or is not signed at all. */
    public Optional<String> violation(JarFile jar) throws IOException {
        if (!signatureFiles) {
            return modified.map(how -> CHANGED + how);
        }
        Optional<String> change = modified.or(this::partly).or(() -> missing(jar));
        if (change.isPresent()) {
            return Optional.of(CHANGED + change.get());
        }
        Optional<String> loose = new SignatureFiles(jar).violation(all().size());
        if (loose.isPresent()) {
            return Optional.of("its signature does not cover all of it: " + loose.get());
        }
        return signers().isEmpty() ? Optional.of("consists of parts with different signers") : Optional.empty();
    }

    private List<CodeSigner> all() {
        return signers.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** Those who have signed every entry. */
    public List<CodeSigner> signers() {
        return all().stream()
                .filter(signer -> signers.values().stream().allMatch(of -> of.contains(signer)))
                .toList();
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

    /** Whether an entry belongs to the signatures, or is the manifest. */
    public static boolean isSignature(String name) {
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
